package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every link inside the documentation leads somewhere, to the heading it names. */
class DocLinksTest {
  private static final Path CHECKOUT =
      Path.of(System.getProperty("serai.checkout", "..")).toAbsolutePath().normalize();
  private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```");
  private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*");

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      String text = FENCED.matcher(Files.readString(document)).replaceAll("");
      Matcher links = LINK.matcher(CODE.matcher(text).replaceAll(""));
      while (links.find()) {
        if (!ELSEWHERE.matcher(links.group(1)).matches() && !leads(document, links.group(1))) {
          broken.add(CHECKOUT.relativize(document) + " -> " + links.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyDocumentIsReachedFromTheReadme() throws IOException {
    Set<Path> reached = new HashSet<>();
    follow(CHECKOUT.resolve("README.md"), reached);
    assertThat(reached).containsAll(documents());
  }

  @Test
  void aSecondHeadingOfTheSameNameHasANumber() {
    assertThat(anchors("# A `b` c, d\n## Same\n## Same\n"))
        .containsExactlyInAnyOrder("a-b-c-d", "same", "same-1");
  }

  private static List<Path> documents() throws IOException {
    List<Path> found = new ArrayList<>(List.of(CHECKOUT.resolve("README.md")));
    try (Stream<Path> files = Files.walk(CHECKOUT.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(found::add);
    }
    return found;
  }

  private static boolean leads(Path document, String link) throws IOException {
    int hash = link.indexOf('#');
    Path target = target(document, link);
    if (!Files.exists(target) || !target.startsWith(CHECKOUT)) {
      return false;
    }
    return hash < 0 || anchors(Files.readString(target)).contains(link.substring(hash + 1));
  }

  private static Path target(Path document, String link) {
    String file = link.replaceFirst("#.*", "");
    return file.isEmpty() ? document : document.resolveSibling(file).normalize();
  }

  private static void follow(Path document, Set<Path> reached) throws IOException {
    if (!document.toString().endsWith(".md") || !Files.exists(document) || !reached.add(document)) {
      return;
    }
    Matcher links = LINK.matcher(FENCED.matcher(Files.readString(document)).replaceAll(""));
    while (links.find()) {
      if (!ELSEWHERE.matcher(links.group(1)).matches()) {
        follow(target(document, links.group(1)), reached);
      }
    }
  }

  /** The anchors that GitHub gives to a document's headings. */
  private static Set<String> anchors(String markdown) {
    Map<String, Integer> seen = new HashMap<>();
    Set<String> anchors = new HashSet<>();
    Matcher headings = HEADING.matcher(FENCED.matcher(markdown).replaceAll(""));
    while (headings.find()) {
      String anchor =
          headings
              .group(1)
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .replace(' ', '-');
      int before = seen.merge(anchor, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? anchor : anchor + "-" + before);
    }
    return anchors;
  }
}
