//! Programs of others: the editor and the browser.

use std::io::Write as _;
use std::time::Duration;

use tempfile::TempPath;
use tokio::process::{Child, Command};

use super::tty::Lent;

/// The editor the person wants: `VISUAL`, then `EDITOR`, then what is likely there.
fn command() -> String {
    let wanted = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok());
    wanted.into_iter().find(|command| !command.trim().is_empty()).unwrap_or_else(|| "vi".to_owned())
}

/// How long an editor that was told to end may take to do so.
const ENDING: Duration = Duration::from_millis(500);

/// A text in the person's editor: a file of mode 0600 that is gone afterwards. The terminal must be
/// the editor's meanwhile. Errors are sentences, what was tried and what came back; the text as it
/// was is still the caller's.
pub struct Editing {
    program: String,
    editor: Child,
    path: TempPath,
    lent: Lent,
}

impl Editing {
    /// Starts the editor.
    pub fn start(text: &str) -> Result<Self, String> {
        let command = command();
        let words = shell_words::split(&command).map_err(|error| {
            format!("the editor command {command:?} cannot be read ({error}): set VISUAL or EDITOR")
        })?;
        let (program, arguments) = words.split_first().ok_or_else(|| "no editor: set VISUAL or EDITOR".to_owned())?;
        let path = file_with(text)
            .map_err(|error| format!("no file for the editor could be written ({error}); the text is as it was"))?;
        let lent = Lent::new();
        let editor = Command::new(program).args(arguments).arg(&path).spawn().map_err(|error| {
            format!(
                "the editor {program:?} could not be started ({error}): set VISUAL or EDITOR; the text is as it was"
            )
        })?;
        Ok(Self { program: program.clone(), editor, path, lent })
    }

    /// Waits for the editor to end and gives what it saved.
    pub async fn saved(&mut self) -> Result<String, String> {
        let program = &self.program;
        let status = self
            .editor
            .wait()
            .await
            .map_err(|error| format!("the editor {program:?} was lost ({error}); the text is as it was"))?;
        self.lent.take_back(false);
        if !status.success() {
            return Err(format!("the editor {program:?} ended with {status}; the text is as it was"));
        }
        let bytes = std::fs::read(&self.path)
            .map_err(|error| format!("what the editor saved could not be read ({error}); the text is as it was"))?;
        // Not a byte is changed: what is no text is refused, and stays where it can be mended.
        String::from_utf8(bytes).map_err(|error| self.refused(error.utf8_error().valid_up_to()))
    }

    /// Why what was saved is not taken: a byte of it is not text.
    fn refused(&mut self, byte: usize) -> String {
        self.path.disable_cleanup(true);
        let path = self.path.display();
        format!(
            "byte {byte} of what the editor saved is not UTF-8: the text is as it was; that of the editor is in {path}"
        )
    }

    /// The program ends, so the editor is asked to. Where it does not leave the terminal as it was, we do.
    pub async fn end(&mut self) {
        #[cfg(unix)]
        if let Some(pid) =
            self.editor.id().and_then(|id| i32::try_from(id).ok()).and_then(rustix::process::Pid::from_raw)
        {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        }
        let _ = tokio::time::timeout(ENDING, self.editor.wait()).await;
        self.lent.take_back(true);
    }
}

fn file_with(text: &str) -> std::io::Result<TempPath> {
    let mut file = tempfile::Builder::new().prefix("lambdash-").suffix(".json").tempfile()?;
    file.write_all(text.as_bytes())?;
    Ok(file.into_temp_path())
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
