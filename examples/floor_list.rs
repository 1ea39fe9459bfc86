//! The least that a program on the AWS SDK can take to list every function: one client, page after page, all kept.
//!
//! `floor_list --endpoint-url URL [--rate N]` prints a line when the first page is in and one when all are, and its peak
//! memory. `scripts/bench_terminal.py` measures lambdash against it; the client is set up as lambdash's is: rustls with
//! ring, no certificates read for a plain http endpoint. `--rate N` keeps it under N requests a second, after a burst of
//! as many, as lambdash keeps itself.

use std::{
    error::Error,
    io::Write,
    time::{Duration, Instant},
};

use aws_sdk_lambda::{
    Client,
    config::{BehaviorVersion, Credentials, Region, SharedHttpClient, retry::RetryConfig},
    types::FunctionConfiguration,
};
use aws_smithy_http_client::{
    Builder,
    tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode},
};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let endpoint = option("--endpoint-url").ok_or("usage: floor_list --endpoint-url URL [--rate N]")?;
    let rate = option("--rate").map(|rate| rate.parse()).transpose()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let functions = runtime.block_on(list(&client(&endpoint)?, rate))?;
    say(&format!("all {}", functions.len()))?;
    say(&format!("peak_kb {}", peak_memory().unwrap_or_default()))
}

/// The value after `name` on the command line.
fn option(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}

fn client(endpoint: &str) -> Outcome<Client> {
    let config = aws_sdk_lambda::Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "floor"))
        .endpoint_url(endpoint)
        .retry_config(RetryConfig::disabled())
        .http_client(http_client()?)
        .build();
    Ok(Client::from_conf(config))
}

fn http_client() -> Outcome<SharedHttpClient> {
    let tls = TlsContext::builder().with_trust_store(TrustStore::empty()).build()?;
    Ok(Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(tls).build_https())
}

/// Every function of the account, asked for page by page; `rate` in requests per second.
async fn list(client: &Client, rate: Option<f64>) -> Outcome<Vec<FunctionConfiguration>> {
    let began = Instant::now();
    let mut functions = Vec::new();
    let mut marker = None;
    for page in 0_u32.. {
        if let Some(rate) = rate {
            let due = Duration::from_secs_f64((f64::from(page) - rate + 1.0).max(0.0) / rate);
            tokio::time::sleep(due.saturating_sub(began.elapsed())).await;
        }
        let answer = client.list_functions().max_items(50).set_marker(marker).send().await?;
        functions.extend(answer.functions.unwrap_or_default());
        if page == 0 {
            say(&format!("first {}", functions.len()))?;
        }
        marker = answer.next_marker.filter(|marker| !marker.is_empty());
        if marker.is_none() {
            break;
        }
    }
    Ok(functions)
}

/// One line, out at once: whoever measures reads the clock when it arrives.
fn say(line: &str) -> Outcome<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

/// Peak resident memory in KB, where Linux tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
