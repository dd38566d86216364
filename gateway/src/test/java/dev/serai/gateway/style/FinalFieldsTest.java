package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A field that nothing changes once its object is made is final; one that changes is the affair of
 * its class, or of its package. The state of a machine that one thread works is meant to change.
 */
class FinalFieldsTest {
  @TempDir Path folder;

  @Test
  void aFieldThatNothingChangesIsFinal() {
    assertThat(unchanged(Source.parse(House.mainSources()))).isEmpty();
  }

  @Test
  void noFieldThatChangesIsSeenOutsideItsPackage() {
    List<String> open = new ArrayList<>();
    for (Source source : Source.parse(House.mainSources())) {
      for (Field field : fields(source)) {
        if (field.isShown) {
          open.add(field.where);
        }
      }
    }
    assertThat(open).isEmpty();
  }

  @Test
  void theTestSeesWhatItIsFor() {
    Source source =
        written(
            """
            final class A {
              private int never = 1;
              private int onlyInTheConstructor;
              private int shadowed;
              private int changed;
              private int counted;
              private int inALambda;
              private final int fine = 1;

              A() {
                onlyInTheConstructor = 2;
                Runnable r = () -> inALambda = 3;
              }

              void move(int shadowed) {
                shadowed = 4;
                this.changed = 5;
                counted++;
              }
            }
            """);
    assertThat(unchanged(List.of(source)))
        .extracting(where -> where.substring(where.lastIndexOf(' ') + 1))
        .containsExactly("never", "onlyInTheConstructor", "shadowed");
  }

  private Source written(String text) {
    return Source.parse(List.of(House.write(folder.resolve("A.java"), text))).getFirst();
  }

  private record Field(String name, String where, boolean isShown) {}

  private static List<String> unchanged(List<Source> sources) {
    List<String> unchanged = new ArrayList<>();
    for (Source source : sources) {
      Set<String> changed = changed(source);
      for (Field field : fields(source)) {
        if (!changed.contains(field.name)) {
          unchanged.add(field.where);
        }
      }
    }
    return unchanged;
  }

  /** The fields of a file that are not final. */
  private static List<Field> fields(Source source) {
    List<Field> fields = new ArrayList<>();
    new TreePathScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitVariable(VariableTree field, @Nullable Void none) {
        Set<Modifier> modifiers = field.getModifiers().getFlags();
        boolean member = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree;
        boolean constant = isInterface(getCurrentPath().getParentPath().getLeaf());
        if (member && !constant && !modifiers.contains(Modifier.FINAL)) {
          String name = field.getName().toString();
          boolean shown =
              modifiers.contains(Modifier.PUBLIC) || modifiers.contains(Modifier.PROTECTED);
          fields.add(new Field(name, source.at(field) + " " + name, shown));
        }
        return super.visitVariable(field, none);
      }
    }.scan(source.unit(), null);
    return fields;
  }

  private static boolean isInterface(Tree type) {
    return type.getKind() == Tree.Kind.INTERFACE;
  }

  /** The names that something in the file is assigned to once an object is made. */
  private static Set<String> changed(Source source) {
    Set<String> changed = new HashSet<>();
    new TreePathScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitAssignment(AssignmentTree a, @Nullable Void none) {
        note(a.getVariable());
        return super.visitAssignment(a, none);
      }

      @Override
      public @Nullable Void visitCompoundAssignment(CompoundAssignmentTree a, @Nullable Void none) {
        note(a.getVariable());
        return super.visitCompoundAssignment(a, none);
      }

      @Override
      public @Nullable Void visitUnary(UnaryTree a, @Nullable Void none) {
        note(a.getExpression());
        return super.visitUnary(a, none);
      }

      /** An atomic updater changes the field that it names. */
      @Override
      public @Nullable Void visitMethodInvocation(MethodInvocationTree m, @Nullable Void none) {
        if (m.getMethodSelect().toString().endsWith("FieldUpdater.newUpdater")
            && m.getArguments().getLast() instanceof LiteralTree name) {
          changed.add(String.valueOf(name.getValue()));
        }
        return super.visitMethodInvocation(m, none);
      }

      private void note(ExpressionTree target) {
        if (target instanceof MemberSelectTree member && !inConstructor(getCurrentPath())) {
          changed.add(member.getIdentifier().toString());
        } else if (target instanceof IdentifierTree name
            && !inConstructor(getCurrentPath())
            && !isLocal(name.getName().toString(), getCurrentPath())) {
          changed.add(name.getName().toString());
        }
      }
    }.scan(source.unit(), null);
    return changed;
  }

  /** Whether it runs while the object is made: in a constructor, and not in a lambda there. */
  private static boolean inConstructor(TreePath path) {
    for (TreePath at = path; at != null; at = at.getParentPath()) {
      if (at.getLeaf() instanceof LambdaExpressionTree || at.getLeaf() instanceof ClassTree) {
        return false;
      }
      if (at.getLeaf() instanceof MethodTree method) {
        return method.getName().contentEquals("<init>");
      }
    }
    return false;
  }

  /** Whether the method around it has a parameter or a variable of that name. */
  private static boolean isLocal(String name, TreePath path) {
    TreePath at = path;
    while (at != null && !(at.getLeaf() instanceof MethodTree)) {
      at = at.getParentPath();
    }
    if (at == null) {
      return false;
    }
    boolean[] found = new boolean[1];
    new TreePathScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitVariable(VariableTree variable, @Nullable Void none) {
        boolean field = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree;
        found[0] |= !field && variable.getName().contentEquals(name);
        return super.visitVariable(variable, none);
      }
    }.scan(at, null);
    return found[0];
  }
}
