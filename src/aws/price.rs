//! What runs, queries and live tails cost, estimated from one dated table of prices. Pure.

use std::collections::HashMap;
use std::sync::LazyLock;
use std::time::Duration;

use serde::Deserialize;

static TABLE: LazyLock<Option<Table>> = LazyLock::new(|| toml::from_str(include_str!("../../assets/prices.toml")).ok());

/// The bytes that AWS calls a GB.
const GIGABYTE: f64 = 1_073_741_824.0;

#[derive(Deserialize)]
struct Table {
    as_of: String,
    lambda: Runs,
    live_tail: MinutePrice,
    insights: Queries,
}

#[derive(Deserialize)]
struct Runs {
    request: f64,
    /// The regions that are known to have the rates of `elsewhere`.
    same: Vec<String>,
    elsewhere: Rates,
    regions: HashMap<String, Rates>,
}

/// US dollars a GB-second.
#[derive(Deserialize, Clone, Copy)]
struct Rates {
    x86_64: f64,
    arm64: f64,
}

/// US dollars a GB that is read.
#[derive(Deserialize)]
struct Queries {
    least: f64,
    regions: HashMap<String, f64>,
}

/// The table, where it holds: China, `GovCloud` and the isolated regions have price lists of their own.
fn table(region: &str) -> Option<&'static Table> {
    let others = ["cn-", "us-gov-", "us-iso", "eu-isoe-"];
    TABLE.as_ref().filter(|_| !others.iter().any(|start| region.starts_with(start)))
}

/// The month of the table: `2025-10`. The day does not matter to anybody, the month may.
fn month() -> &'static str {
    TABLE.as_ref().and_then(|table| table.as_of.get(..7)).unwrap_or_default()
}

/// How old all prices are: `prices 2025-10`.
pub fn prices_as_of() -> String {
    format!("prices {}", month())
}

/// An estimate of what a run costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Price {
    /// US dollars.
    pub dollars: f64,
    /// The architecture is not known: it is this at most.
    pub at_most: bool,
    /// The list does not name the region: it is the price of us-east-1.
    pub assumed: bool,
}

impl Price {
    /// The same run so many times.
    pub fn times(self, runs: u32) -> Self {
        Self { dollars: self.dollars * f64::from(runs), ..self }
    }

    /// What stands before the dollars: `≈`, or `≤`.
    pub fn sign(&self) -> &'static str {
        if self.at_most { "≤" } else { "≈" }
    }

    /// `$1.2345`; what is less than a cent with as many digits as a single run has, and never nothing.
    pub fn words(&self) -> String {
        match self.dollars {
            cents if cents >= 0.01 => format!("${cents:.4}"),
            least if least < 0.000_000_1 => "$0.0000001".to_owned(),
            less => format!("${less:.7}"),
        }
    }

    /// What it stands on: `prices 2025-10`, `price of us-east-1, 2025-10`.
    pub fn source(&self) -> String {
        if self.assumed { format!("price of us-east-1, {}", month()) } else { prices_as_of() }
    }
}

/// The price of a run of so long, billed, with so many MB of memory. `None` where other price lists
/// hold: China, `GovCloud` and the isolated regions.
pub fn price(region: &str, architecture: Option<&str>, billed: Duration, memory: i64) -> Option<Price> {
    let prices = &table(region)?.lambda;
    let known = prices.regions.get(region);
    let assumed = known.is_none() && !prices.same.iter().any(|same| same == region);
    let rates = known.unwrap_or(&prices.elsewhere);
    let rate = if architecture == Some("arm64") { rates.arm64 } else { rates.x86_64 };
    let gigabytes = f64::from(i32::try_from(memory).ok()?) / 1024.0;
    let dollars = gigabytes * billed.as_secs_f64() * rate + prices.request;
    Some(Price { dollars, at_most: architecture.is_none(), assumed })
}

/// What a live tail costs while it is open.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct MinutePrice {
    /// US dollars a minute; other regions may differ a little.
    pub minute: f64,
    /// Minutes of a month that cost nothing.
    pub free: u32,
}

/// The price of a live tail. `None` where other price lists hold.
pub fn live_tail_price(region: &str) -> Option<&'static MinutePrice> {
    table(region).map(|table| &table.live_tail)
}

/// What reading so many bytes costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScanPrice {
    /// US dollars.
    pub dollars: f64,
    /// The table does not name the region: it is this at least.
    pub at_least: bool,
}

/// The price of so many bytes read by queries of Logs Insights. `None` where other price lists hold.
pub fn scan_price(region: &str, bytes: i64) -> Option<ScanPrice> {
    let prices = &table(region)?.insights;
    let own = prices.regions.get(region);
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    let gigabytes = bytes.max(0) as f64 / GIGABYTE;
    Some(ScanPrice { dollars: gigabytes * own.copied().unwrap_or(prices.least), at_least: own.is_none() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dollars(region: &str, architecture: &str) -> f64 {
        price(region, Some(architecture), Duration::from_secs(1), 1024).unwrap().dollars
    }

    #[test]
    fn a_gigabyte_for_a_second_costs_what_the_list_says() {
        assert!((dollars("eu-west-1", "x86_64") - 0.000_016_866_7).abs() < 1e-12);
        assert!((dollars("eu-west-1", "arm64") - 0.000_013_533_4).abs() < 1e-12);
        assert!((dollars("af-south-1", "x86_64") - 0.000_022_3).abs() < 1e-12);
        assert!(price("us-east-1", None, Duration::from_millis(1), 128).unwrap().at_most);
        assert_eq!(price("cn-north-1", Some("arm64"), Duration::from_secs(1), 128), None);
        let source = |region| price(region, None, Duration::ZERO, 128).unwrap().source();
        assert_eq!(source("eu-west-1"), "prices 2025-10");
        assert_eq!(source("me-south-1"), "prices 2025-10");
        assert_eq!(source("mx-central-1"), "price of us-east-1, 2025-10");
        assert_eq!(live_tail_price("eu-west-1").map(|price| (price.minute, price.free)), Some((0.01, 1_800)));
        assert_eq!(live_tail_price("us-gov-west-1"), None);
    }

    #[test]
    fn a_gigabyte_read_by_a_query_costs_what_the_list_says() {
        let told = |region| scan_price(region, 1_073_741_824).map(|price| (price.dollars, price.at_least));
        assert_eq!(told("us-east-1"), Some((0.005, false)));
        assert_eq!(told("xx-north-9"), Some((0.005, true)));
        assert_eq!((told("cn-north-1"), told("us-gov-west-1")), (None, None));
        assert!(scan_price("us-east-1", -1).unwrap().dollars.abs() < 1e-12);
    }
}
