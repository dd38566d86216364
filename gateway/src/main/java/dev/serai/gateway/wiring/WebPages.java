package dev.serai.gateway.wiring;

import dev.serai.processors.service.ServePage.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/** The files of the API documentation page: ours, and those of Swagger UI and markdown-it. */
final class WebPages {
  private static final String OURS = "/web/";

  private static final String CSS = "text/css; charset=utf-8";
  private static final String JAVASCRIPT = "text/javascript; charset=utf-8";

  private WebPages() {}

  /** The files by the path they are served at. Each is read when it is requested. */
  static Map<String, Page> load() {
    String swaggerUi = library("org.webjars", "swagger-ui");
    String markdownIt = library("org.webjars.npm", "markdown-it");
    Page index = page(OURS + "docs/index.html", "text/html; charset=utf-8");
    return Map.of(
        "/docs", index,
        "/docs/", index,
        "/docs/docs.css", page(OURS + "docs/docs.css", CSS),
        "/docs/docs.js", page(OURS + "docs/docs.js", JAVASCRIPT),
        "/docs/icon.svg", page(OURS + "docs/icon.svg", "image/svg+xml"),
        "/docs/markdown-it.min.js", page(markdownIt + "dist/markdown-it.min.js", JAVASCRIPT),
        "/docs/swagger-ui.css", page(swaggerUi + "swagger-ui.css", CSS),
        "/docs/swagger-ui-bundle.js", page(swaggerUi + "swagger-ui-bundle.js", JAVASCRIPT),
        "/openapi.json", page(OURS + "openapi.json", "application/json"));
  }

  /** The folder of a library's files; its name contains the version. */
  private static String library(String group, String name) {
    Properties about = new Properties();
    try (InputStream in = open("/META-INF/maven/" + group + "/" + name + "/pom.properties")) {
      about.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "/META-INF/resources/webjars/" + name + "/" + about.getProperty("version") + "/";
  }

  private static Page page(String name, String contentType) {
    return new Page(contentType, () -> read(name));
  }

  private static byte[] read(String name) {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) {
    InputStream in = WebPages.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException(name + " is not on the class path: build the gateway");
    }
    return in;
  }
}
