package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePathScanner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Files, methods and packages have a maximum size. */
class SizesTest {
  private static final int FILE_LINES = 400;
  private static final int METHOD_LINES = 60;
  private static final int PARAMETERS = 4;

  /**
   * A constructor is called where a class is wired, and each of its parameters has a name there.
   */
  private static final int CONSTRUCTOR_PARAMETERS = 6;

  private static final int PUBLIC_TYPES = 11;

  /** A Javadoc comment with a sentence before the annotation of a package. */
  private static final Pattern PURPOSE =
      Pattern.compile("(?s)^/\\*\\*\\s+(\\* )?[A-Z].*?\\.\\s*\\*/\\s*@NullMarked");

  private static final List<Source> MAIN = Source.parse(House.mainSources());

  @Test
  void noFileIsLongerThan400Lines() {
    List<String> tooLong =
        Source.parse(House.allSources()).stream()
            .filter(s -> s.lines() > FILE_LINES)
            .map(s -> s.name() + ": " + s.lines() + " lines")
            .toList();
    assertThat(tooLong).isEmpty();
  }

  @Test
  void noMethodIsLongerThan60Lines() {
    assertThat(methods().stream().filter(m -> m.lines > METHOD_LINES)).isEmpty();
  }

  @Test
  void noMethodTakesMoreThanFourParameters() {
    assertThat(methods().stream().filter(m -> !m.constructor && m.parameters > PARAMETERS))
        .isEmpty();
  }

  @Test
  void noConstructorOfAClassTakesMoreThanSixParameters() {
    assertThat(
            methods().stream()
                .filter(m -> m.constructor && !m.ofRecord)
                .filter(m -> m.parameters > CONSTRUCTOR_PARAMETERS))
        .isEmpty();
  }

  @Test
  void noPackageShowsMoreThanElevenTypes() {
    Map<String, Integer> shown = new TreeMap<>();
    for (Source source : MAIN) {
      for (Tree type : source.unit().getTypeDecls()) {
        if (type instanceof ClassTree c && isPublic(c)) {
          shown.merge(source.unit().getPackageName().toString(), 1, Integer::sum);
        }
      }
    }
    assertThat(shown.entrySet().stream().filter(e -> e.getValue() > PUBLIC_TYPES)).isEmpty();
  }

  /** At the ninetieth percentile a file has at most 191 lines and a method at most 15. */
  @Test
  void ninetyPercentOfFilesAndMethodsAreShort() {
    int file = ninetieth(MAIN.stream().map(Source::lines).toList());
    int method = ninetieth(methods().stream().map(Method::lines).toList());
    System.out.printf(
        "%d main files, p90 %d lines; %d methods, p90 %d lines%n",
        MAIN.size(), file, methods().size(), method);
    assertThat(file).as("lines of a file, p90").isLessThanOrEqualTo(191);
    assertThat(method).as("lines of a method, p90").isLessThanOrEqualTo(15);
  }

  /** Most types are seen by their own package only. */
  @Test
  void fiftyThreePercentOfTheTypesAreHidden() {
    long hidden = 0;
    long all = 0;
    for (Source source : MAIN) {
      for (Tree type : source.unit().getTypeDecls()) {
        if (type instanceof ClassTree c) {
          all++;
          hidden += isPublic(c) ? 0 : 1;
        }
      }
    }
    System.out.printf("%d of %d types are hidden: %.2f %%%n", hidden, all, 100.0 * hidden / all);
    assertThat(100 * hidden).as("hidden types of " + all).isGreaterThanOrEqualTo(53 * all);
  }

  @Test
  void everyPublicTypeSaysWhatItIs() {
    List<String> silent = new ArrayList<>();
    for (Source source : MAIN) {
      new TreePathScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
          boolean top = getCurrentPath().getParentPath().getLeaf() == source.unit();
          if (top && isPublic(type) && !source.isDocumented(getCurrentPath())) {
            silent.add(source.at(type));
          }
          return super.visitClass(type, none);
        }
      }.scan(source.unit(), null);
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    Set<String> silent = new TreeSet<>();
    for (Source source : MAIN) {
      Path info = source.file().resolveSibling("package-info.java");
      if (!Files.exists(info) || !PURPOSE.matcher(House.read(info)).find()) {
        silent.add(source.unit().getPackageName().toString());
      }
    }
    assertThat(silent).as("package-info.java with a sentence and @NullMarked").isEmpty();
  }

  private record Method(
      String where, int lines, int parameters, boolean constructor, boolean ofRecord) {}

  private static List<Method> methods() {
    List<Method> found = new ArrayList<>();
    for (Source source : MAIN) {
      new TreePathScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitMethod(MethodTree m, @Nullable Void none) {
          boolean constructor = m.getName().contentEquals("<init>");
          boolean ofRecord =
              constructor
                  && getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
          String where = source.at(m) + " " + m.getName();
          int parameters = m.getParameters().size();
          found.add(new Method(where, source.lines(m), parameters, constructor, ofRecord));
          return super.visitMethod(m, none);
        }
      }.scan(source.unit(), null);
    }
    return found;
  }

  private static boolean isPublic(ClassTree type) {
    return type.getModifiers().getFlags().contains(Modifier.PUBLIC);
  }

  private static int ninetieth(List<Integer> values) {
    List<Integer> sorted = values.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * 9 / 10);
  }
}
