//! The least that a program on the AWS SDK can take to read the log of a function: one client, page after page, all kept.
//!
//! `floor_logs --endpoint-url URL --group G --since SECONDS` prints a line when all events are in. Set up as
//! `floor_list` is; `scripts/bench_terminal.py` measures lambdash against it.

use std::{
    error::Error,
    io::Write,
    time::{SystemTime, UNIX_EPOCH},
};

use aws_sdk_cloudwatchlogs::{
    Client,
    config::{BehaviorVersion, Credentials, Region, retry::RetryConfig},
};
use aws_smithy_http_client::{
    Builder,
    tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode},
};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let usage = "usage: floor_logs --endpoint-url URL --group G --since SECONDS";
    let (endpoint, group) = option("--endpoint-url").zip(option("--group")).ok_or(usage)?;
    let since: i64 = option("--since").ok_or(usage)?.parse()?;
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let events = runtime.block_on(read(&client(&endpoint)?, &group, now - since * 1000))?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "all {events}")?;
    Ok(out.flush()?)
}

/// The value after `name` on the command line.
fn option(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}

fn client(endpoint: &str) -> Outcome<Client> {
    let tls = TlsContext::builder().with_trust_store(TrustStore::empty()).build()?;
    let http = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(tls).build_https();
    let config = aws_sdk_cloudwatchlogs::Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "floor"))
        .endpoint_url(endpoint)
        .retry_config(RetryConfig::disabled())
        .http_client(http)
        .build();
    Ok(Client::from_conf(config))
}

/// Every event of a log group from a moment on, newest first; how many there are.
async fn read(client: &Client, group: &str, from: i64) -> Outcome<usize> {
    let (mut events, mut token) = (Vec::new(), None);
    loop {
        let page = client.filter_log_events().log_group_name(group).start_time(from).start_from_head(false);
        let page = page.limit(10_000).set_next_token(token).send().await?;
        events.extend(page.events.unwrap_or_default());
        token = page.next_token.filter(|token| !token.is_empty());
        if token.is_none() {
            return Ok(events.len());
        }
    }
}
