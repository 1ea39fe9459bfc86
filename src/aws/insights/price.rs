//! What a query costs by the bytes it reads, from a dated table of prices. Pure.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

static PRICES: LazyLock<Option<Prices>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../assets/prices/logs-insights.toml")).ok());

/// The bytes that AWS calls a GB.
const GIGABYTE: f64 = 1_073_741_824.0;

#[derive(Deserialize)]
struct Prices {
    as_of: String,
    least: f64,
    regions: HashMap<String, f64>,
}

/// What reading so many bytes costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScanPrice {
    /// US dollars.
    pub dollars: f64,
    /// The region's own price is not in the list: it is this at least.
    pub at_least: bool,
    /// The day of the price list: "2025-10-01".
    pub as_of: &'static str,
}

/// The price of so many bytes read by queries. `None` where other price lists hold: China, `GovCloud` and the isolated
/// regions.
pub fn scan_price(region: &str, bytes: i64) -> Option<ScanPrice> {
    if ["cn-", "us-gov-", "us-iso", "eu-isoe-"].iter().any(|start| region.starts_with(start)) {
        return None;
    }
    let prices = PRICES.as_ref()?;
    let own = prices.regions.get(region);
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    let gigabytes = bytes.max(0) as f64 / GIGABYTE;
    let dollars = gigabytes * own.copied().unwrap_or(prices.least);
    Some(ScanPrice { dollars, at_least: own.is_none(), as_of: &prices.as_of })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gigabyte_costs_what_the_list_says() {
        let told = |region| scan_price(region, 1_073_741_824).map(|price| (price.dollars, price.at_least));
        assert_eq!(told("us-east-1"), Some((0.005, false)));
        assert_eq!(told("xx-north-9"), Some((0.005, true)));
        assert_eq!((told("cn-north-1"), told("us-gov-west-1")), (None, None));
        assert!(scan_price("us-east-1", -1).unwrap().dollars.abs() < 1e-12);
    }
}
