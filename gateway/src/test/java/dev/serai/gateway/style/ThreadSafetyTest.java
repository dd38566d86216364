package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/** The comment of a public class or interface says which threads may use it. */
class ThreadSafetyTest {
  /** The modules whose objects threads share; those of the others are mostly values. */
  private static final List<String> MODULES =
      List.of("processors", "memory", "gateway", "gateway/telemetry");

  private static final Set<Tree.Kind> KINDS = Set.of(Tree.Kind.CLASS, Tree.Kind.INTERFACE);

  private static final Pattern SAYS =
      Pattern.compile(
          "threads?\\b|thread-safe|event loop|\\bpure\\b|immutable|stateless|one request\\b");

  @Test
  void everyPublicTypeSaysWhichThreadsMayUseIt() {
    List<String> silent = new ArrayList<>();
    for (String module : MODULES) {
      Source.parse(House.files(House.ROOT.resolve(module).resolve("src/main/java"), ".java"))
          .forEach(source -> look(source, silent));
    }
    assertThat(silent).as("public types whose comment says nothing about threads").isEmpty();
  }

  private static void look(Source source, List<String> silent) {
    for (Tree declared : source.unit().getTypeDecls()) {
      if (declared instanceof ClassTree type
          && KINDS.contains(type.getKind())
          && type.getModifiers().getFlags().contains(Modifier.PUBLIC)
          && !isException(type)) {
        TreePath path = TreePath.getPath(source.unit(), type);
        if (!SAYS.matcher(source.comment(path).toLowerCase(Locale.ROOT)).find()) {
          silent.add(source.at(type) + " " + type.getSimpleName());
        }
      }
    }
  }

  private static boolean isException(ClassTree type) {
    String name = type.getSimpleName().toString();
    return name.endsWith("Exception") || name.endsWith("Problem");
  }
}
