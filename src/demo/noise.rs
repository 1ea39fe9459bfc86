//! Numbers that look random and never change: everything the account makes up is computed from a seed.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The seed that belongs to a text (FNV-1a, 64 bits).
pub(super) fn seed(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The next number after `state` (splitmix64): close seeds give unrelated numbers.
pub(super) fn mix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number in `0..below` (0 when `below` is 0).
pub(super) fn below(state: u64, below: u64) -> u64 {
    mix(state).checked_rem(below).unwrap_or(0)
}

/// `digits` lower-case hexadecimal digits.
pub(super) fn hex(state: u64, digits: usize) -> String {
    let mut text = String::with_capacity(digits + 16);
    let mut state = state;
    while text.len() < digits {
        state = mix(state);
        // Writing into a String cannot fail.
        let _ = write!(text, "{state:016x}");
    }
    text.truncate(digits);
    text
}

/// A UUID in its usual spelling, version 4 by its looks.
pub(super) fn uuid(state: u64) -> String {
    format!(
        "{}-{}-4{}-a{}-{}",
        hex(state, 8),
        hex(state ^ 1, 4),
        hex(state ^ 2, 3),
        hex(state ^ 3, 3),
        hex(state ^ 4, 12),
    )
}

/// What a SHA-256 digest looks like in `CodeSha256`: 32 bytes in base64.
pub(super) fn digest(state: u64) -> String {
    let mut bytes = Vec::with_capacity(32);
    let mut state = state;
    for _ in 0..4 {
        state = mix(state);
        bytes.extend_from_slice(&state.to_be_bytes());
    }
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_uuid_and_another_seed_another() {
        assert_eq!(uuid(seed("orders-api")), uuid(seed("orders-api")));
        assert_ne!(uuid(seed("orders-api")), uuid(seed("orders-app")));
        assert_eq!(uuid(7).len(), 36);
    }

    #[test]
    fn a_digest_is_32_bytes_in_base64() {
        assert_eq!(STANDARD.decode(digest(7)).map(|bytes| bytes.len()), Ok(32));
    }
}
