package dev.serai.gateway.wiring;

import dev.serai.processors.service.ServePage.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** Loads the files of the API documentation page from the class path. */
final class WebPages {
  private WebPages() {}

  /** The files by the path that serves them. */
  static Map<String, Page> load() {
    Page index = page("docs/index.html", "text/html; charset=utf-8");
    return Map.of(
        "/docs", index,
        "/docs/", index,
        "/docs/docs.css", page("docs/docs.css", "text/css; charset=utf-8"),
        "/docs/docs.js", page("docs/docs.js", "text/javascript; charset=utf-8"),
        "/docs/icon.svg", page("docs/icon.svg", "image/svg+xml"),
        "/openapi.json", page("openapi.json", "application/json"));
  }

  private static Page page(String name, String contentType) {
    try (InputStream in = WebPages.class.getResourceAsStream("/web/" + name)) {
      if (in == null) {
        throw new IllegalStateException(
            "web/" + name + " is not on the class path: build the gateway");
      }
      return new Page(contentType, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
