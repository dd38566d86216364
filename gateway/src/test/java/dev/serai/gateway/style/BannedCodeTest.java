package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What main code does not do, except where {@code style/exceptions.txt} allows it with a reason: a
 * line there allows one kind of code in one type, and a line that is no longer needed fails too.
 */
class BannedCodeTest {
  private static final Set<String> BROAD =
      Set.of("Exception", "RuntimeException", "Throwable", "Error");
  private static final Set<String> CLOCKS =
      Set.of(
          "Instant.now",
          "System.currentTimeMillis",
          "System.nanoTime",
          "LocalDateTime.now",
          "LocalDate.now",
          "OffsetDateTime.now",
          "ZonedDateTime.now",
          "Clock.systemUTC",
          "InstantSource.system");

  /** What makes threads: a thread that works in the background is a BackgroundThread. */
  private static final Set<String> THREADS =
      Set.of(
          "Thread.ofPlatform",
          "Thread.ofVirtual",
          "Thread.startVirtualThread",
          "CompletableFuture.runAsync",
          "CompletableFuture.supplyAsync",
          "ForkJoinPool.commonPool");

  /** What runs on the pool of the whole process unless it is given an executor, with two values. */
  private static final Pattern ASYNC_OF_TWO =
      Pattern.compile(
          "(?:thenCombine|thenAcceptBoth|runAfterBoth|applyToEither|acceptEither|runAfterEither)Async");

  /** The same with one value. */
  private static final Pattern ASYNC_OF_ONE =
      Pattern.compile(
          "(?:thenApply|thenAccept|thenRun|thenCompose|handle|whenComplete|exceptionally"
              + "|exceptionallyCompose|complete|supply|run)Async");

  private static final Set<String> PARALLEL =
      Set.of("parallelStream", "parallel", "parallelSort", "parallelPrefix", "parallelSetAll");

  private static final Set<String> PRINTS =
      Set.of("System.out", "System.err", "printStackTrace", "System.exit");

  /** What puts the name of a class into a text: FailureText says why something failed. */
  private static final Pattern CLASS_NAMES =
      Pattern.compile(
          "(?:e|why|cause|failure|failed|thrown|invalid|wrong|broken)[.]toString"
              + "|.*[.]get(?:Simple|Canonical|Type)Name|.*getClass[(][)][.]getName");

  private final List<String> found = new ArrayList<>();
  private final Set<Allowed> used = new TreeSet<>();
  private final List<Allowed> allowed = Allowed.all();

  @Test
  void mainCodeKeepsToTheRulesButForNamedExceptions() {
    Source.parse(House.mainSources()).forEach(this::look);
    assertThat(found)
        .as("code that only an exception in gateway/src/test/resources/style/exceptions.txt allows")
        .isEmpty();
    assertThat(allowed).as("exceptions that are not needed any more").allMatch(used::contains);
  }

  private void look(Source source) {
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitImport(ImportTree tree, @Nullable Void none) {
        String name = tree.getQualifiedIdentifier().toString();
        if (name.endsWith(".*")) {
          note(source, tree, "star-import", name);
        }
        return none;
      }

      @Override
      public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void none) {
        noteNull(source, tree, tree.getExpression());
        return super.visitReturn(tree, none);
      }

      @Override
      public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void none) {
        noteNull(source, tree, tree.getBody());
        return super.visitLambdaExpression(tree, none);
      }

      @Override
      public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void none) {
        if (tree.getMethodSelect() instanceof MemberSelectTree called
            && called.getIdentifier().contentEquals("orElse")
            && isNull(tree.getArguments().getFirst())) {
          note(source, tree, "or-else-null", "orElse(null)");
        }
        if (tree.getMethodSelect() instanceof MemberSelectTree called
            && usesCommonPool(called.getIdentifier().toString(), tree.getArguments().size())) {
          note(source, tree, "common-pool", called.getIdentifier() + " without an executor");
        }
        return super.visitMethodInvocation(tree, none);
      }

      @Override
      public @Nullable Void visitCatch(CatchTree tree, @Nullable Void none) {
        if (tree.getBlock().getStatements().isEmpty()) {
          note(source, tree, "empty-catch", "an empty catch");
        }
        if (types(tree.getParameter().getType()).stream().anyMatch(BROAD::contains)) {
          note(source, tree, "broad-catch", "catch " + tree.getParameter().getType());
        }
        return super.visitCatch(tree, none);
      }

      @Override
      public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void none) {
        String text = tree.toString();
        if (text.equals("Thread.sleep")) {
          note(source, tree, "sleep", text);
        } else if (THREADS.contains(text) || text.startsWith("Executors.new")) {
          note(source, tree, "thread", text);
        } else if (CLOCKS.contains(text)) {
          note(source, tree, "clock", text);
        } else if (PRINTS.contains(text) || tree.getIdentifier().contentEquals("printStackTrace")) {
          note(source, tree, "process", text);
        } else if (text.equals("String.format")
            || tree.getIdentifier().contentEquals("formatted")) {
          note(source, tree, "format", text);
        } else if (CLASS_NAMES.matcher(text).matches()) {
          note(source, tree, "class-name", text);
        }
        return super.visitMemberSelect(tree, none);
      }
    }.scan(source.unit(), null);
  }

  private void noteNull(Source source, Tree tree, @Nullable Tree value) {
    if (isNull(value)) {
      note(source, tree, "return-null", "a null that is returned");
    }
  }

  private static boolean usesCommonPool(String method, int arguments) {
    return PARALLEL.contains(method)
        || ASYNC_OF_ONE.matcher(method).matches() && arguments < 2
        || ASYNC_OF_TWO.matcher(method).matches() && arguments < 3;
  }

  /** Whether a value is null, or null under a condition. */
  private static boolean isNull(@Nullable Tree value) {
    return switch (value) {
      case ConditionalExpressionTree either ->
          isNull(either.getTrueExpression()) || isNull(either.getFalseExpression());
      case ParenthesizedTree inside -> isNull(inside.getExpression());
      case null -> false;
      default -> value.getKind() == Tree.Kind.NULL_LITERAL;
    };
  }

  private void note(Source source, Tree tree, String rule, String what) {
    String type = source.typeName();
    for (Allowed each : allowed) {
      if (each.type().equals(type) && each.rule().equals(rule)) {
        used.add(each);
        return;
      }
    }
    found.add(source.at(tree) + " " + rule + ": " + what + " in " + type);
  }

  private static List<String> types(Tree type) {
    return type instanceof UnionTypeTree union
        ? union.getTypeAlternatives().stream().map(Tree::toString).toList()
        : List.of(type.toString());
  }

  /** One line of the file: the type, the rule it may break, and why. */
  private record Allowed(String type, String rule, String reason) implements Comparable<Allowed> {
    static List<Allowed> all() {
      return House.read(House.ROOT.resolve("gateway/src/test/resources/style/exceptions.txt"))
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Allowed::of)
          .toList();
    }

    static Allowed of(String line) {
      String[] parts = line.strip().split("\\s+", 3);
      assertThat(parts).as("type, rule and reason: " + line).hasSize(3);
      return new Allowed(parts[0], parts[1], parts[2]);
    }

    @Override
    public int compareTo(Allowed other) {
      return (type + rule).compareTo(other.type + other.rule);
    }
  }
}
