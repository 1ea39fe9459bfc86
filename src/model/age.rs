//! How old what is shown is, told in few steps: each costs a frame, and idle should mean idle.

use std::time::Duration;

use super::Model;

/// The steps of the first minute, in seconds; after it there is one a minute.
const STEPS: [u64; 6] = [0, 5, 10, 20, 30, 60];

impl Model {
    /// The age of the list on show, down to the last step; nothing while none of it is here.
    pub fn age(&self) -> Option<Duration> {
        let age = self.clock.now().since.saturating_sub(self.aged_from()?);
        Some(Duration::from_secs(step(age.as_secs()).0))
    }

    /// The age of the list on show as far as it is kept from an earlier run, down to the last step.
    pub fn kept_for(&self) -> Option<Duration> {
        Some(Duration::from_secs(step(self.kept_age()?.as_secs()).0))
    }

    /// When the age that is told becomes another one.
    pub fn ages_at(&self) -> Option<Duration> {
        let now = self.clock.now().since;
        let next = |age: Duration| now + Duration::from_secs(step(age.as_secs()).1).saturating_sub(age);
        let kept = self.kept_age().map(next);
        kept.or_else(|| self.aged_from().map(|from| next(now.saturating_sub(from))))
    }

    fn kept_age(&self) -> Option<Duration> {
        let (at, _) = self.behind(&self.question()?)?.answer()?.kept.as_ref()?;
        Some((self.clock.now().wall - at).to_std().unwrap_or_default())
    }

    fn aged_from(&self) -> Option<Duration> {
        self.behind(&self.question()?)?.aged_from()
    }
}

/// The step that so many seconds have reached, and the next one.
fn step(seconds: u64) -> (u64, u64) {
    match STEPS.iter().position(|step| *step > seconds) {
        Some(next) => (STEPS.get(next.saturating_sub(1)).copied().unwrap_or(0), STEPS.get(next).copied().unwrap_or(60)),
        None => (seconds / 60 * 60, (seconds / 60 + 1) * 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_never_told_before_it_is_reached_and_changes_eight_times_in_four_minutes() {
        let told: Vec<u64> = (0..240).map(|seconds| step(seconds).0).collect();
        assert!(told.iter().zip(0..).all(|(told, seconds)| *told <= seconds));
        let mut steps = told.clone();
        steps.dedup();
        assert_eq!(steps, [0, 5, 10, 20, 30, 60, 120, 180]);
        assert!((0..240).all(|seconds| step(seconds).1 > seconds && step(step(seconds).1).0 == step(seconds).1));
    }
}
