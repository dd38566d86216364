package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A public method that throws says what it throws and when. */
class ThrowsTest {
  private static final List<Source> MAIN = Source.parse(House.mainSources());

  @Test
  void everyPublicMethodThatThrowsSaysSo() {
    List<String> silent = new ArrayList<>();
    for (Source source : MAIN) {
      new PublicMethods(source, silent).scan(source.unit(), null);
    }
    assertThat(silent).as("public methods with a throw statement and without @throws").isEmpty();
  }

  @Test
  void noTypeSaysWhatItThrows() {
    List<String> misplaced = new ArrayList<>();
    for (Source source : MAIN) {
      new TreePathScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
          String comment = source.comment(getCurrentPath());
          if (comment.contains("@throws")) {
            misplaced.add(source.at(type));
          }
          return super.visitClass(type, none);
        }
      }.scan(source.unit(), null);
    }
    assertThat(misplaced).as("@throws belongs to a constructor or a method").isEmpty();
  }

  /** Visits the public methods and constructors of types that are public all the way up. */
  private static final class PublicMethods extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final Source source;
    private final List<String> silent;

    PublicMethods(Source source, List<String> silent) {
      this.source = source;
      this.silent = silent;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
      boolean member =
          getCurrentPath().getParentPath().getLeaf() instanceof ClassTree outer
              && outer.getKind() == Tree.Kind.INTERFACE;
      return member || isPublic(type.getModifiers().getFlags())
          ? super.visitClass(type, none)
          : null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
      if (isPublic(method.getModifiers().getFlags())
          && !isOverride(method)
          && throwsItself(method)
          && !source.comment(getCurrentPath()).contains("@throws")) {
        silent.add(source.at(method) + " " + method.getName());
      }
      return null;
    }

    private static boolean isPublic(Set<Modifier> flags) {
      return flags.contains(Modifier.PUBLIC);
    }

    private static boolean isOverride(MethodTree method) {
      return method.getModifiers().getAnnotations().stream()
          .map(AnnotationTree::getAnnotationType)
          .anyMatch(type -> type.toString().equals("Override"));
    }
  }

  /**
   * Whether the body has a throw statement of its own, not one of a lambda or an inner class, or
   * throws where an Optional is empty.
   */
  private static boolean throwsItself(MethodTree method) {
    boolean[] found = {false};
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitThrow(ThrowTree statement, @Nullable Void none) {
        found[0] = true;
        return null;
      }

      @Override
      public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void none) {
        found[0] |=
            call.getMethodSelect() instanceof MemberSelectTree method
                && method.getIdentifier().contentEquals("orElseThrow")
                && !call.getArguments().isEmpty();
        return super.visitMethodInvocation(call, none);
      }

      @Override
      public @Nullable Void visitLambdaExpression(
          LambdaExpressionTree lambda, @Nullable Void none) {
        return null;
      }

      @Override
      public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
        return null;
      }
    }.scan(method.getBody(), null);
    return found[0];
  }
}
