//! Multinomial logistic regression over sparse features: small, deterministic, trained in milliseconds.

use std::collections::HashMap;

/// How often training goes through all examples.
const ROUNDS: usize = 10;
/// The length of the first step.
const STEP: f32 = 0.1;
/// How strongly weights are pulled towards zero at each step.
const DECAY: f32 = 0.0004;

/// The features of a text: the key of each, and how much of it there is.
pub type Features = Vec<(u64, f32)>;

/// Tells how likely each class is for a set of features.
#[derive(Debug)]
pub struct Classifier<const CLASSES: usize> {
    weights: HashMap<u64, [f32; CLASSES]>,
}

/// An example while training: its features by their row, and its class.
struct Sample {
    rows: Vec<(usize, f32)>,
    class: usize,
}

impl<const CLASSES: usize> Classifier<CLASSES> {
    /// Learns from examples; the class of each is less than `CLASSES`. Equal examples make equal weights.
    pub fn train<'e>(examples: impl Iterator<Item = (&'e Features, usize)>) -> Self {
        let mut places: HashMap<u64, usize> = HashMap::new();
        let samples: Vec<Sample> = examples
            .map(|(features, class)| {
                let row = |(key, value): &(u64, f32)| {
                    let next = places.len();
                    (*places.entry(*key).or_insert(next), *value)
                };
                Sample {
                    rows: features.iter().map(row).collect(),
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
        let mut sums = [0.0; CLASSES];
        for (key, value) in features {
            if let Some(weights) = self.weights.get(key) {
                add(&mut sums, weights, *value);
            }
        }
        sums
    }

    /// How much one unit of a feature speaks for each class; none where no example has it.
    pub fn weights(&self, key: u64) -> Option<&[f32; CLASSES]> {
        self.weights.get(&key)
    }
}

/// The logarithm of how likely each class is.
pub fn log_likelihoods<const CLASSES: usize>(sums: [f32; CLASSES]) -> [f32; CLASSES] {
    let most = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let total: f32 = sums.iter().map(|sum| (sum - most).exp()).sum();
    sums.map(|sum| sum - most - total.ln())
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

    fn trained() -> Classifier<3> {
        let examples: [(Features, usize); 4] = [
            (vec![(1, 1.0), (9, 1.0)], 0),
            (vec![(2, 1.0), (9, 1.0)], 1),
            (vec![(3, 1.0), (9, 1.0)], 2),
            (vec![(3, 1.0)], 2),
        ];
        let often = std::iter::repeat_n(&examples, 20).flatten();
        Classifier::train(often.map(|(features, class)| (features, *class)))
    }

    #[test]
    fn what_tells_classes_apart_decides_and_what_all_share_does_not() {
        let classifier = trained();
        for (key, class) in [(1, 0), (2, 1), (3, 2)] {
            let likelihoods = log_likelihoods(classifier.sums(&vec![(key, 1.0), (9, 1.0)]));
            assert!(likelihoods[class].exp() > 0.8, "{key}: {likelihoods:?}");
            let total: f32 = likelihoods.iter().map(|likelihood| likelihood.exp()).sum();
            assert!((total - 1.0).abs() < 1e-5, "{total}");
        }
        let [weak, strong] = [9, 1].map(|key| classifier.weights(key).unwrap()[0].abs());
        assert!(weak < strong, "{weak} {strong}");
    }

    #[test]
    fn equal_examples_make_equal_weights_and_unknown_features_say_nothing() {
        let (one, other) = (trained(), trained());
        for key in [1, 2, 3, 9] {
            assert_eq!(one.weights(key), other.weights(key));
        }
        assert_eq!(one.sums(&vec![(77, 1.0)]), [0.0; 3]);
    }
}
