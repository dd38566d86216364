package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Comments, messages and documentation use the words of the field. The list is plain-english.txt.
 */
class PlainEnglishTest {
  private record Rule(Pattern word, String instead) {}

  private static final List<Rule> RULES = rules();

  /** A comment, or a string literal; a literal counts as prose if it has at least four words. */
  private static final Pattern PROSE =
      Pattern.compile(
          "/\\*(?s:.*?)\\*/|//[^\\n"
              + "]*|\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n"
              + "])*\"|'(?:\\\\.|[^'\\\\\\n"
              + "])+'");

  /** Names of code and wire formats inside prose. */
  private static final Pattern CODE =
      Pattern.compile("\\{@[a-z]+ [^}]*}|`[^`]*`|<!--.*?-->|\\]\\([^)]*\\)|https?://\\S+");

  private static final Pattern PARAGRAPH = Pattern.compile("(?:[^\\n]++\\n?+)++");

  private static final Pattern LINE_BREAK = Pattern.compile("\\n[ \\t]*(?:\\*(?!/)|//|#)?[ \\t]*");

  private static final Pattern CONSTANT =
      Pattern.compile("\\b(?:MOST|LONGEST|SHORTEST|SMALLEST|SMALL)(?:_[A-Z_]+)?\\b");

  private static final Pattern METHOD =
      Pattern.compile("\\b(?:said|unsaid|told|tell|spoken|goOn|deemed\\w*)\\b(?=\\s*\\()");

  @Test
  void commentsAndMessagesAreInPlainEnglish() {
    List<String> found = new ArrayList<>();
    for (Path file : House.mainSources()) {
      String source = House.read(file);
      Matcher prose = PROSE.matcher(source);
      while (prose.find()) {
        String text = prose.group();
        if (text.startsWith("/") || text.split(" ").length > 3) {
          check(file, line(source, prose.start()), joined(text), found);
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void commentsOfTestsAreInPlainEnglish() {
    List<String> found = new ArrayList<>();
    for (Path file : House.allSources()) {
      String source = House.read(file);
      Matcher prose = PROSE.matcher(source);
      while (prose.find()) {
        if (prose.group().startsWith("/")) {
          check(file, line(source, prose.start()), joined(prose.group()), found);
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void documentationAndRoutesAreInPlainEnglish() {
    List<String> found = new ArrayList<>();
    documents().forEach(file -> checkParagraphs(file, found));
    assertThat(found).isEmpty();
  }

  @Test
  void constantsOfBoundsAreCalledMaxAndMin() {
    assertThat(names(CONSTANT)).isEmpty();
  }

  @Test
  void methodsHaveTechnicalNames() {
    assertThat(names(METHOD)).isEmpty();
  }

  /** Where code, without its prose, has such a name. */
  private static List<String> names(Pattern banned) {
    List<String> found = new ArrayList<>();
    for (Path file : House.mainSources()) {
      Matcher name = banned.matcher(PROSE.matcher(House.read(file)).replaceAll(""));
      while (name.find()) {
        found.add(House.name(file) + ": " + name.group());
      }
    }
    return found;
  }

  private static Stream<Path> documents() {
    Path root = House.ROOT;
    return Stream.of(
            House.files(root.resolve("docs"), ".md"),
            House.files(root.resolve("routes"), ".yaml"),
            House.files(root.resolve("adapters/kamelets"), ".yaml"),
            House.files(root.resolve("config"), ".example.yaml"),
            House.files(root.resolve("gateway/src/main/resources/web"), ".json"),
            List.of(root.resolve("README.md"), root.resolve("CONTRIBUTING.md")))
        .flatMap(List::stream);
  }

  /** Checks each paragraph as one line, since a phrase may go over a line break. */
  private static void checkParagraphs(Path file, List<String> found) {
    String text = House.read(file);
    Matcher paragraph = PARAGRAPH.matcher(text);
    while (paragraph.find()) {
      check(file, line(text, paragraph.start()), joined(paragraph.group()), found);
    }
  }

  /** A comment or paragraph as one line, without the asterisks of a Java comment. */
  private static String joined(String text) {
    return LINE_BREAK.matcher(text).replaceAll(" ");
  }

  private static void check(Path file, int line, String text, List<String> found) {
    for (String objection : objections(CODE.matcher(text).replaceAll(""))) {
      found.add(House.name(file) + ":" + line + ": " + objection);
    }
  }

  /** Each word that is not plain, with what to write instead. */
  static List<String> objections(String prose) {
    List<String> objections = new ArrayList<>();
    for (Rule rule : RULES) {
      Matcher word = rule.word.matcher(prose);
      if (word.find()) {
        objections.add(word.group() + " -> " + rule.instead);
      }
    }
    return objections;
  }

  private static int line(String source, int position) {
    return (int) source.substring(0, position).chars().filter(c -> c == '\n').count() + 1;
  }

  private static List<Rule> rules() {
    Path list = House.ROOT.resolve("gateway/src/test/resources/style/plain-english.txt");
    List<Rule> rules = new ArrayList<>();
    for (String line : House.read(list).split("\n")) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split(" -> ", 2);
        Pattern word = Pattern.compile("\\b(?:" + parts[0] + ")\\b", Pattern.CASE_INSENSITIVE);
        rules.add(new Rule(word, parts[1]));
      }
    }
    return rules;
  }
}
