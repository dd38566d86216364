package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Names in tests, and the names under which tests are shown, use the words of the field too. */
class PlainTestNamesTest {
  /** Between two words of a name. */
  private static final Pattern HUMP =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private static final Pattern SHOWN =
      Pattern.compile("DisplayName|ParameterizedTest|RepeatedTest");
  private static final Pattern DYNAMIC = Pattern.compile("(?:.*\\.)?dynamic(?:Test|Container)");

  @Test
  void namesInTestsAreInPlainEnglish() {
    Names names = new Names();
    Source.parse(House.testSources()).forEach(names::scan);
    assertThat(names.count).isGreaterThan(5_000);
    assertThat(names.found).isEmpty();
  }

  /** Visits the names of classes and methods, and the texts that name tests. */
  private static final class Names {
    private final List<String> found = new ArrayList<>();
    private int count;

    void scan(Source source) {
      new TreeScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
          check(source, type, type.getSimpleName().toString());
          return super.visitClass(type, none);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
          check(source, method, method.getName().toString());
          return super.visitMethod(method, none);
        }

        @Override
        public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void none) {
          if (SHOWN.matcher(annotation.getAnnotationType().toString()).matches()) {
            annotation.getArguments().forEach(argument -> texts(source, argument));
          }
          return null;
        }

        @Override
        public @Nullable Void visitMethodInvocation(
            MethodInvocationTree call, @Nullable Void none) {
          if (DYNAMIC.matcher(call.getMethodSelect().toString()).matches()) {
            texts(source, call.getArguments().getFirst());
          }
          return super.visitMethodInvocation(call, none);
        }
      }.scan(source.unit(), null);
    }

    private void texts(Source source, Tree tree) {
      new TreeScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void none) {
          check(source, literal, String.valueOf(literal.getValue()));
          return null;
        }
      }.scan(tree, null);
    }

    private void check(Source source, Tree tree, String name) {
      count++;
      String words = HUMP.matcher(name).replaceAll(" ").toLowerCase(Locale.ROOT);
      for (String objection : PlainEnglishTest.objections(words)) {
        found.add(source.at(tree) + " " + name + ": " + objection);
      }
    }
  }
}
