//! Programs of others: the editor and the browser.

use std::io::Write as _;

/// The editor the person wants: `VISUAL`, then `EDITOR`, then what is likely there.
fn command() -> String {
    let wanted = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok());
    wanted.into_iter().find(|command| !command.trim().is_empty()).unwrap_or_else(|| "vi".to_owned())
}

/// Lets the person edit a text in a file of mode 0600 that is gone afterwards. The terminal must be
/// the editor's meanwhile.
///
/// # Errors
/// A sentence: what was tried, what came back. The text as it was is still the caller's.
pub async fn edit(text: &str) -> Result<String, String> {
    let command = command();
    let words = shell_words::split(&command)
        .map_err(|error| format!("the editor command {command:?} cannot be read ({error}): set VISUAL or EDITOR"))?;
    let (program, arguments) = words.split_first().ok_or_else(|| "no editor: set VISUAL or EDITOR".to_owned())?;
    let mut file = tempfile::Builder::new()
        .prefix("lambdash-")
        .suffix(".json")
        .tempfile()
        .map_err(|error| format!("no file for the editor could be made ({error}); the payload is as it was"))?;
    file.write_all(text.as_bytes())
        .map_err(|error| format!("the file for the editor could not be written ({error}); the payload is as it was"))?;
    let path = file.into_temp_path();
    let status = tokio::process::Command::new(program).args(arguments).arg(&path).status().await.map_err(|error| {
        format!("the editor {program:?} could not be started ({error}): set VISUAL or EDITOR; the payload is as it was")
    })?;
    if !status.success() {
        return Err(format!("the editor {program:?} ended with {status}; the payload is as it was"));
    }
    let bytes = std::fs::read(&path)
        .map_err(|error| format!("what the editor saved could not be read ({error}); the payload is as it was"))?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n"))
}

/// Opens a page in the browser of the machine, if it has one. A browser inside this terminal would
/// fight for it, so over SSH and without a display the page is only named.
///
/// # Errors
/// A sentence that says why not.
pub async fn browse(url: &str) -> Result<(), String> {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let display =
        cfg!(any(target_os = "macos", windows)) || set("DISPLAY") || set("WAYLAND_DISPLAY") || set("WSL_DISTRO_NAME");
    if set("SSH_CONNECTION") || !(display || set("BROWSER")) {
        return Err("there is no browser here".to_owned());
    }
    let url = url.to_owned();
    let open = move || {
        let mut options = webbrowser::BrowserOptions::new();
        options.with_suppress_output(true);
        webbrowser::open_browser_with_options(webbrowser::Browser::Default, &url, &options)
    };
    match tokio::task::spawn_blocking(open).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(format!("the browser could not be started ({error})")),
        Err(_) => Err("the browser could not be started".to_owned()),
    }
}
