//! What is looked into for every row of every frame.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

/// A map whose keys come from one's own account: hashing need not withstand anybody, and the standard one was an eighth
/// of the work of a frame.
pub type Map<K, V> = HashMap<K, V, RandomState>;

/// A set of the same kind.
pub type Set<K> = HashSet<K, RandomState>;
