package dev.serai.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page works under a policy that allows this gateway's own files and nothing else. */
class DocsPageTest {
  private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

  @Test
  void whatThePageLoadsIsShippedWithIt() throws IOException {
    Matcher addresses = ADDRESS.matcher(read("/docs/index.html"));
    while (addresses.find()) {
      String address = addresses.group(1);
      if (address.startsWith("/docs/swagger-ui")) {
        assertThat(library("swagger-ui")).contains(address.substring("/docs/".length()));
      } else if (address.startsWith("/docs/markdown-it")) {
        assertThat(library("markdown-it")).contains(address.substring("/docs/".length()));
      } else if (!address.equals("/docs")) {
        assertThat(read(address)).as(address).isNotEmpty();
      }
    }
  }

  @Test
  void noScriptOrStyleStandsInThePage() throws IOException {
    assertThat(read("/docs/index.html"))
        .doesNotContainPattern("<script(?![^>]*src=)")
        .doesNotContainPattern("<style|style=|\\son[a-z]+=|javascript:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs/index.html", "/docs/docs.css", "/docs/docs.js"})
  void nothingComesFromElsewhere(String file) throws IOException {
    assertThat(read(file)).doesNotContainPattern("https?://|\\burl\\(|@import");
  }

  @Test
  void textBecomesMarkupOnlyInTheRendererOfMarkdownWhichEscapesHtml() throws IOException {
    String script = read("/docs/docs.js");
    assertThat(script)
        .contains("window.markdownit({ html: false })")
        .doesNotContainPattern("innerHTML(?! = markdown\\.render\\(text\\);)")
        .doesNotContainPattern("outerHTML|insertAdjacentHTML|document\\.write|eval\\(");
  }

  /** The files of a library, by their names. */
  private static List<String> library(String name) throws IOException {
    String library = "META-INF/resources/webjars/" + name + "/";
    URL folder = Objects.requireNonNull(DocsPageTest.class.getResource("/" + library), library);
    try (JarFile jar = ((JarURLConnection) folder.openConnection()).getJarFile()) {
      return jar.stream().map(file -> file.getName().replaceFirst(".*/", "")).toList();
    }
  }

  private static String read(String path) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(DocsPageTest.class.getResourceAsStream("/web" + path), path)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
