package dev.serai.e2e;

import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How tests start the Chromium of this machine. */
final class Chromium {
  private Chromium() {}

  static Playwright.CreateOptions withoutDownload() {
    return new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
  }

  static LaunchOptions installed() {
    return new LaunchOptions().setExecutablePath(executable()).setArgs(List.of("--no-sandbox"));
  }

  private static Path executable() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no Chromium on the path"));
  }
}
