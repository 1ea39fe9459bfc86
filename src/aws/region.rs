//! Regions and the parts of AWS they belong to.

/// Regions whose names can be completed. New ones come faster than releases of ours, so this list
/// never decides whether a region exists.
const REGIONS: [&str; 38] = [
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-west-1",
    "us-west-2",
];

/// Where the names of regions begin, the part of AWS that is, and the host of its console.
const PARTITIONS: [(&str, &str, &str); 7] = [
    ("cn-", "aws-cn", "console.amazonaws.cn"),
    ("us-gov-", "aws-us-gov", "console.amazonaws-us-gov.com"),
    ("us-isob-", "aws-iso-b", "console.sc2shome.sgov.gov"),
    ("us-isof-", "aws-iso-f", "console.csphome.hci.ic.gov"),
    ("eu-isoe-", "aws-iso-e", "console.csphome.adc-e.uk"),
    ("us-iso-", "aws-iso", "console.c2shome.ic.gov"),
    ("eusc-", "aws-eusc", "console.amazonaws-eusc.eu"),
];

/// The regions we know of, for completion.
pub fn regions() -> Vec<String> {
    REGIONS.iter().map(|name| (*name).to_owned()).collect()
}

/// The part of AWS a region belongs to, as in ARNs.
pub(super) fn partition(region: &str) -> &'static str {
    PARTITIONS.iter().find(|(start, ..)| region.starts_with(start)).map_or("aws", |(_, name, _)| name)
}

/// The host of the web console for a region.
pub fn console_host(region: &str) -> String {
    match PARTITIONS.iter().find(|(start, ..)| region.starts_with(start)) {
        Some((.., host)) => (*host).to_owned(),
        None => format!("{region}.console.aws.amazon.com"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_know_their_partition_and_their_console() {
        for (region, name) in [
            ("eu-west-1", "aws"),
            ("cn-north-1", "aws-cn"),
            ("us-gov-west-1", "aws-us-gov"),
            ("us-isob-east-1", "aws-iso-b"),
        ] {
            assert_eq!(partition(region), name);
        }
        assert_eq!(console_host("eu-west-1"), "eu-west-1.console.aws.amazon.com");
        assert_eq!(console_host("cn-north-1"), "console.amazonaws.cn");
        assert!(regions().is_sorted());
    }
}
