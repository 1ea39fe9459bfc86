//! Believable names and settings for as many plain functions as are wanted.

use serde_json::json;

use super::noise;
use super::seed::FunctionSeed;

const TEAMS: [&str; 10] =
    ["orders", "billing", "search", "media", "data", "auth", "catalog", "shipping", "notify", "fraud"];
const THINGS: [&str; 12] = [
    "invoice",
    "cart",
    "payment",
    "index",
    "thumbnail",
    "export",
    "session",
    "price",
    "parcel",
    "email",
    "score",
    "report",
];
const ROLES: [&str; 8] = ["api", "worker", "consumer", "webhook", "cron", "resize", "authorizer", "cleanup"];
const RUNTIMES: [&str; 8] =
    ["python3.13", "nodejs22.x", "java21", "provided.al2023", "dotnet8", "ruby3.3", "python3.9", "nodejs16.x"];

/// The `number`th plain function: its name says its number, so no two are alike.
pub(super) fn plain(number: usize) -> FunctionSeed {
    let seed = noise::seed("plain") ^ number as u64;
    let pick = |words: &[&'static str], salt: u64| {
        let place = usize::try_from(noise::below(seed ^ salt, words.len() as u64)).unwrap_or_default();
        words.get(place).copied().unwrap_or_default()
    };
    let name = format!("{}-{}-{}-{number:05}", pick(&TEAMS, 1 << 40), pick(&THINGS, 2 << 40), pick(&ROLES, 3 << 40));
    let memory = 128 << noise::below(seed ^ (4 << 40), 5);
    let architecture = if noise::below(seed ^ (5 << 40), 3) == 0 { "arm64" } else { "x86_64" };
    FunctionSeed::named(&name)
        .with("Runtime", pick(&RUNTIMES, 6 << 40))
        .with("MemorySize", memory)
        .with("Timeout", 3 + noise::below(seed ^ (7 << 40), 58))
        .with(
            "Description",
            format!(
                "{} of the {} team",
                name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-'),
                pick(&TEAMS, 1 << 40)
            ),
        )
        .with("Architectures", json!([architecture]))
        .age_minutes(u32::try_from(1 + noise::below(seed ^ (8 << 40), 400_000)).unwrap_or(1))
}
