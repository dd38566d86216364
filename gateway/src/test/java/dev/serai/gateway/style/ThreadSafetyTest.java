package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/** The comment of a public class or interface says which threads may use it. */
class ThreadSafetyTest {
  private static final List<String> MODULES =
      List.of("core", "config", "adapters", "processors", "memory", "gateway");

  private static final Set<Tree.Kind> KINDS = Set.of(Tree.Kind.CLASS, Tree.Kind.INTERFACE);

  /** A statement, and not only a word: "a step without a thread" says nothing about its users. */
  private static final Pattern SAYS =
      Pattern.compile(
          "thread-safe|confined to|immutable|stateless|\\bpure\\b|constants only|event loop"
              + "|\\b(?:any|one|many|another|several) threads?\\b|\\bthe threads? that\\b"
              + "|\\bon (?:that|a) thread\\b|threads and order of calls|the threads are those");

  @Test
  void everyPublicTypeSaysWhichThreadsMayUseIt() {
    List<String> silent = new ArrayList<>();
    for (String module : MODULES) {
      List<Source> sources = Source.parse(sources(module));
      assertThat(sources).as(module).isNotEmpty();
      sources.forEach(source -> look(source, silent));
    }
    assertThat(silent).as("public types whose comment says nothing about threads").isEmpty();
  }

  private static List<Path> sources(String module) {
    return House.mainSources().stream()
        .filter(file -> House.name(file).matches(module + "(/[a-z]+)?/src/.*"))
        .toList();
  }

  private static void look(Source source, List<String> silent) {
    for (Tree declared : source.unit().getTypeDecls()) {
      if (declared instanceof ClassTree type
          && KINDS.contains(type.getKind())
          && type.getModifiers().getFlags().contains(Modifier.PUBLIC)
          && !isException(type)) {
        TreePath path = TreePath.getPath(source.unit(), type);
        if (!SAYS.matcher(oneLine(source.comment(path))).find()) {
          silent.add(source.at(type) + " " + type.getSimpleName());
        }
      }
    }
  }

  private static String oneLine(String comment) {
    return comment.toLowerCase(Locale.ROOT).replaceAll("[\\s*]+", " ");
  }

  @Test
  void aWordAboutThreadsIsNotAStatement() {
    assertThat(SAYS.matcher("a step that may end later, without a thread that waits").find())
        .isFalse();
    assertThat(SAYS.matcher("for one request.").find()).isFalse();
    assertThat(SAYS.matcher("for one request; not thread-safe.").find()).isTrue();
  }

  private static boolean isException(ClassTree type) {
    String parent = String.valueOf(type.getExtendsClause());
    return parent.endsWith("Exception") || parent.endsWith("Problem");
  }
}
