//! Multinomial logistic regression over sparse features, with a share of naive Bayes: small, deterministic, trained in
//! milliseconds. Regression weighs features against each other; Bayes counts each alone, which tells more of rare ones.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// How often training goes through all examples.
const ROUNDS: usize = 6;
/// The length of the first step.
const STEP: f32 = 0.15;
/// How strongly weights are pulled towards zero at each step.
const DECAY: f32 = 0.0004;

/// The share of what naive Bayes says that is added.
const BAYES: f32 = 0.12;
/// How often every feature counts as seen with every class before the first example.
const BEFORE: f32 = 0.2;

/// Stands for a feature: the same in every run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key(u64);

impl Key {
    /// The key of a feature with this hash. A detail is only learned from the second example that has it on: most have no
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

/// Features that are learned, by their row, and how much there is of each.
pub type Entries = Vec<(u32, f32)>;

/// The rows of the features that are learned.
#[derive(Debug, Default)]
pub struct Rows(HashMap<Key, u32, BuildHasherDefault<KeyHasher>>);

impl Rows {
    /// The features that are learned.
    pub fn entries(&self, features: &Features) -> Entries {
        let entry = |(key, amount): &(Key, f32)| Some((self.row(*key)?, *amount));
        features.iter().filter_map(entry).collect()
    }

    /// The row of a feature; none where it is not learned.
    pub fn row(&self, key: Key) -> Option<u32> {
        self.0.get(&key).copied()
    }
}

/// Examples as classifiers learn from them.
#[derive(Debug, Default)]
pub struct Samples {
    rows: Rows,
    /// Details that one example had.
    once: HashSet<Key, BuildHasherDefault<KeyHasher>>,
    entries: Entries,
    /// Where the entries of each example end.
    ends: Vec<usize>,
}

/// What one example is to a classifier.
#[derive(Debug, Clone, Copy)]
pub struct Labelled {
    /// The place of the example among all that were added.
    pub sample: usize,
    /// A feature that it has besides.
    pub with: Option<u32>,
    /// Its class.
    pub class: usize,
}

impl Samples {
    /// Adds an example; gives its place.
    pub fn add(&mut self, features: Features) -> usize {
        for (key, amount) in features {
            if self.rows.row(key).is_some() || !key.is_detail() || !self.once.insert(key) {
                let row = self.row(key);
                self.entries.push((row, amount));
            }
        }
        self.ends.push(self.entries.len());
        self.ends.len() - 1
    }

    /// The row of a feature, from now on learned.
    pub fn row(&mut self, key: Key) -> u32 {
        let next = u32::try_from(self.rows.0.len())
            .expect("features are fewer than their examples' words");
        *self.rows.0.entry(key).or_insert(next)
    }

    /// Learns the classes of examples; each is less than `CLASSES`. Equal examples make equal weights.
    pub fn train<const CLASSES: usize>(&self, labelled: &[Labelled]) -> Classifier<CLASSES> {
        let mut weights = vec![[0.0_f32; CLASSES]; self.rows.0.len()];
        let mut squares = vec![[1e-3_f32; CLASSES]; weights.len()];
        let mut order = labelled.to_vec();
        let mut random = fastrand::Rng::with_seed(1);
        for _ in 0..ROUNDS {
            random.shuffle(&mut order);
            for example in &order {
                let entries = self.entries(example);
                let mut sums = [0.0; CLASSES];
                for (row, value) in entries.clone() {
                    add(&mut sums, &weights[row as usize], value);
                }
                let mut errors = log_likelihoods(sums).map(f32::exp);
                errors[example.class] -= 1.0;
                for (row, value) in entries {
                    step(
                        &mut weights[row as usize],
                        &mut squares[row as usize],
                        &errors,
                        value,
                    );
                }
            }
        }
        drop(squares);
        for (weights, counted) in weights.iter_mut().zip(self.count(labelled)) {
            add(weights, &counted, BAYES);
        }
        Classifier { weights }
    }

    /// Naive Bayes: how much likelier each feature is in each class than it is in the others.
    fn count<const CLASSES: usize>(&self, labelled: &[Labelled]) -> Vec<[f32; CLASSES]> {
        let mut counts = vec![[BEFORE; CLASSES]; self.rows.0.len()];
        for example in labelled {
            for (row, value) in self.entries(example) {
                counts[row as usize][example.class] += value;
            }
        }
        let mut totals = [0.0; CLASSES];
        counts
            .iter()
            .for_each(|counts| add(&mut totals, counts, 1.0));
        for counts in &mut counts {
            for (count, total) in counts.iter_mut().zip(totals) {
                *count = (*count / total).ln();
            }
            let mean = counts.iter().sum::<f32>() / CLASSES as f32;
            counts.iter_mut().for_each(|count| *count -= mean);
        }
        counts
    }

    fn entries(&self, example: &Labelled) -> impl Iterator<Item = (u32, f32)> + Clone {
        let start = example
            .sample
            .checked_sub(1)
            .map_or(0, |before| self.ends[before]);
        let own = &self.entries[start..self.ends[example.sample]];
        own.iter()
            .copied()
            .chain(example.with.map(|row| (row, 1.0)))
    }

    /// The rows of all features that are learned.
    pub fn into_rows(mut self) -> Rows {
        self.rows.0.shrink_to_fit();
        self.rows
    }
}

/// One step of stochastic gradient descent, with a length of its own for each weight (AdaGrad).
fn step<const CLASSES: usize>(
    weights: &mut [f32; CLASSES],
    squares: &mut [f32; CLASSES],
    errors: &[f32; CLASSES],
    value: f32,
) {
    for class in 0..CLASSES {
        let slope = errors[class] * value + DECAY * weights[class];
        squares[class] += slope * slope;
        weights[class] -= STEP * slope / squares[class].sqrt();
    }
}

/// Tells how likely each class is for a set of features.
#[derive(Debug, Default)]
pub struct Classifier<const CLASSES: usize> {
    /// How much one unit of each row speaks for each class.
    weights: Vec<[f32; CLASSES]>,
}

impl<const CLASSES: usize> Classifier<CLASSES> {
    /// What speaks for each class, added up.
    pub fn sums(&self, entries: &[(u32, f32)]) -> [f32; CLASSES] {
        let mut sums = [0.0; CLASSES];
        for (row, value) in entries {
            add(&mut sums, self.weights(*row), *value);
        }
        sums
    }

    /// How much one unit of a feature speaks for each class.
    pub fn weights(&self, row: u32) -> &[f32; CLASSES] {
        &self.weights[row as usize]
    }
}

/// The logarithm of how likely each class is.
pub fn log_likelihoods<const CLASSES: usize>(sums: [f32; CLASSES]) -> [f32; CLASSES] {
    let most = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let total: f32 = sums.iter().map(|sum| (sum - most).exp()).sum();
    sums.map(|sum| sum - most - total.ln())
}

fn add<const CLASSES: usize>(sums: &mut [f32; CLASSES], weights: &[f32; CLASSES], value: f32) {
    for (sum, weight) in sums.iter_mut().zip(weights) {
        *sum += weight * value;
    }
}

/// A key is a hash already.
#[derive(Debug, Default)]
pub struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
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

    fn trained() -> (Rows, Classifier<3>) {
        let mut samples = Samples::default();
        let examples = [(&[1, 9][..], 0), (&[2, 9], 1), (&[3, 9], 2), (&[3], 2)];
        let labelled = |(hashes, class)| Labelled {
            sample: samples.add(features(hashes)),
            with: None,
            class,
        };
        let labelled = examples.map(labelled);
        let often: Vec<Labelled> = std::iter::repeat_n(labelled, 20).flatten().collect();
        let classifier = samples.train(&often);
        (samples.into_rows(), classifier)
    }

    #[test]
    fn what_tells_classes_apart_decides_and_what_all_share_does_not() {
        let (rows, classifier) = trained();
        for (hash, class) in [(1, 0), (2, 1), (3, 2)] {
            let entries = rows.entries(&features(&[hash, 9]));
            let likelihoods = log_likelihoods(classifier.sums(&entries));
            assert!(likelihoods[class].exp() > 0.8, "{hash}: {likelihoods:?}");
            let total: f32 = likelihoods.iter().map(|likelihood| likelihood.exp()).sum();
            assert!((total - 1.0).abs() < 1e-5, "{total}");
        }
        let weight = |hash| classifier.weights(rows.row(key(hash)).unwrap())[0].abs();
        assert!(weight(9) < weight(1));
    }

    #[test]
    fn equal_examples_make_equal_weights_and_unknown_features_say_nothing() {
        let ((rows, one), (_, other)) = (trained(), trained());
        for hash in [1, 2, 3, 9] {
            let row = rows.row(key(hash)).unwrap();
            assert_eq!(one.weights(row), other.weights(row));
        }
        assert_eq!(one.sums(&rows.entries(&features(&[77]))), [0.0; 3]);
    }

    #[test]
    fn a_feature_that_is_added_to_an_example_is_learned_with_it() {
        let mut samples = Samples::default();
        let sample = samples.add(features(&[1]));
        let labelled = [0, 1].map(|class| Labelled {
            sample,
            with: Some(samples.row(key(10 + class as u64))),
            class,
        });
        let often: Vec<Labelled> = std::iter::repeat_n(labelled, 20).flatten().collect();
        let classifier: Classifier<2> = samples.train(&often);
        let rows = samples.into_rows();
        for class in [0, 1] {
            let sums = classifier.sums(&rows.entries(&features(&[1, 10 + class as u64])));
            assert!(sums[class] > sums[1 - class], "{sums:?}");
        }
    }

    #[test]
    fn a_detail_is_learned_from_its_second_example_on() {
        let [alone, shared, word] = [Key::new(1, true), Key::new(2, true), Key::new(1, false)];
        let mut samples = Samples::default();
        samples.add(vec![(alone, 1.0), (shared, 1.0), (word, 1.0)]);
        samples.add(vec![(shared, 1.0)]);
        let rows = samples.into_rows();
        assert_eq!(rows.row(alone), None);
        assert!(rows.row(shared).is_some() && rows.row(word).is_some());
    }
}
