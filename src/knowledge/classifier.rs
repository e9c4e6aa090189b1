//! Multinomial logistic regression over sparse features: small, deterministic, trained in milliseconds.

use std::collections::HashMap;

/// How often training goes through all examples.
const ROUNDS: usize = 6;
/// The length of the first step.
const STEP: f32 = 0.15;
/// How strongly weights are pulled towards zero at each step.
const DECAY: f32 = 0.0004;

/// Stands for a feature: the same in every run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key(u64);

impl Key {
    /// The key of a feature with this hash. A detail is only learned where several examples have it: most others have no
    /// meaning, and they are most of all features.
    pub const fn new(hash: u64, is_detail: bool) -> Self {
        Self(hash << 1 | is_detail as u64)
    }

    const fn is_detail(self) -> bool {
        self.0 & 1 == 1
    }
}

/// The features of a text: the key of each, and how much of it there is.
pub type Features = Vec<(Key, f32)>;

/// Tells how likely each class is for a set of features.
#[derive(Debug)]
pub struct Classifier<const CLASSES: usize> {
    weights: HashMap<Key, [f32; CLASSES]>,
}

/// An example while training: its features by their row, and its class.
struct Sample {
    rows: Vec<(usize, f32)>,
    class: usize,
}

impl<const CLASSES: usize> Classifier<CLASSES> {
    /// Learns from examples; the class of each is less than `CLASSES`. Equal examples make equal weights.
    pub fn train<'e>(examples: impl Iterator<Item = (&'e Features, usize)> + Clone) -> Self {
        let places = rows(examples.clone().map(|(features, _)| features));
        let samples: Vec<Sample> = examples
            .map(|(features, class)| {
                let row = |(key, value): &(Key, f32)| Some((*places.get(key)?, *value));
                Sample {
                    rows: features.iter().filter_map(row).collect(),
                    class,
                }
            })
            .collect();
        let rows = descend(&samples, places.len());
        let weights = places.into_iter().map(|(key, row)| (key, rows[row]));
        Self {
            weights: weights.collect(),
        }
    }

    /// What speaks for each class, added up.
    pub fn sums(&self, features: &Features) -> [f32; CLASSES] {
        self.sums_on([0.0; CLASSES], features)
    }

    /// The same, added to what already speaks for each class.
    pub fn sums_on(&self, mut sums: [f32; CLASSES], features: &Features) -> [f32; CLASSES] {
        for (key, value) in features {
            if let Some(weights) = self.weights.get(key) {
                add(&mut sums, weights, *value);
            }
        }
        sums
    }

    /// How much one unit of a feature speaks for each class; none where no example has it.
    pub fn weights(&self, key: Key) -> Option<&[f32; CLASSES]> {
        self.weights.get(&key)
    }
}

/// The logarithm of how likely each class is.
pub fn log_likelihoods<const CLASSES: usize>(sums: [f32; CLASSES]) -> [f32; CLASSES] {
    let most = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let total: f32 = sums.iter().map(|sum| (sum - most).exp()).sum();
    sums.map(|sum| sum - most - total.ln())
}

/// A row for each feature that is learned.
fn rows<'e>(examples: impl Iterator<Item = &'e Features>) -> HashMap<Key, usize> {
    let mut uses: HashMap<Key, usize> = HashMap::new();
    for (key, _) in examples.flatten() {
        *uses.entry(*key).or_default() += 1;
    }
    let learned = uses
        .into_iter()
        .filter(|(key, uses)| !key.is_detail() || *uses > 1);
    let keys = learned.map(|(key, _)| key);
    keys.enumerate().map(|(row, key)| (key, row)).collect()
}

/// Stochastic gradient descent with a step of its own for each weight (AdaGrad).
fn descend<const CLASSES: usize>(samples: &[Sample], rows: usize) -> Vec<[f32; CLASSES]> {
    let mut weights = vec![[0.0_f32; CLASSES]; rows];
    let mut squares = vec![[1e-3_f32; CLASSES]; rows];
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let mut random = fastrand::Rng::with_seed(1);
    for _ in 0..ROUNDS {
        random.shuffle(&mut order);
        for sample in order.iter().map(|place| &samples[*place]) {
            let mut sums = [0.0; CLASSES];
            for (row, value) in &sample.rows {
                add(&mut sums, &weights[*row], *value);
            }
            let mut errors = log_likelihoods(sums).map(f32::exp);
            errors[sample.class] -= 1.0;
            for (row, value) in &sample.rows {
                let (weights, squares) = (&mut weights[*row], &mut squares[*row]);
                for class in 0..CLASSES {
                    let slope = errors[class] * value + DECAY * weights[class];
                    squares[class] += slope * slope;
                    weights[class] -= STEP * slope / squares[class].sqrt();
                }
            }
        }
    }
    weights
}

fn add<const CLASSES: usize>(sums: &mut [f32; CLASSES], weights: &[f32; CLASSES], value: f32) {
    for (sum, weight) in sums.iter_mut().zip(weights) {
        *sum += weight * value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(hash: u64) -> Key {
        Key::new(hash, false)
    }

    fn features(hashes: &[u64]) -> Features {
        hashes.iter().map(|hash| (key(*hash), 1.0)).collect()
    }

    fn trained() -> Classifier<3> {
        let examples = [(&[1, 9][..], 0), (&[2, 9], 1), (&[3, 9], 2), (&[3], 2)];
        let examples = examples.map(|(hashes, class)| (features(hashes), class));
        let often = std::iter::repeat_n(&examples, 20).flatten();
        Classifier::train(often.map(|(features, class)| (features, *class)))
    }

    #[test]
    fn what_tells_classes_apart_decides_and_what_all_share_does_not() {
        let classifier = trained();
        for (hash, class) in [(1, 0), (2, 1), (3, 2)] {
            let likelihoods = log_likelihoods(classifier.sums(&features(&[hash, 9])));
            assert!(likelihoods[class].exp() > 0.8, "{hash}: {likelihoods:?}");
            let total: f32 = likelihoods.iter().map(|likelihood| likelihood.exp()).sum();
            assert!((total - 1.0).abs() < 1e-5, "{total}");
        }
        let [weak, strong] = [9, 1].map(|hash| classifier.weights(key(hash)).unwrap()[0].abs());
        assert!(weak < strong, "{weak} {strong}");
    }

    #[test]
    fn equal_examples_make_equal_weights_and_unknown_features_say_nothing() {
        let (one, other) = (trained(), trained());
        for hash in [1, 2, 3, 9] {
            assert_eq!(one.weights(key(hash)), other.weights(key(hash)));
        }
        assert_eq!(one.sums(&features(&[77])), [0.0; 3]);
    }

    #[test]
    fn a_detail_of_a_single_example_is_not_learned() {
        let [alone, shared, word] = [Key::new(1, true), Key::new(2, true), Key::new(1, false)];
        let one: Features = vec![(alone, 1.0), (shared, 1.0), (word, 1.0)];
        let other: Features = vec![(shared, 1.0)];
        let classifier = Classifier::<2>::train([(&one, 0), (&other, 1)].into_iter());
        assert_eq!(classifier.weights(alone), None);
        assert!(classifier.weights(shared).is_some() && classifier.weights(word).is_some());
    }
}
