package dev.serai.core.problem.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloseAllTest {
  private final List<String> closed = new ArrayList<>();

  private CloseAll.Step<IOException> broken(String name) {
    return () -> {
      closed.add(name);
      throw new IOException(name);
    };
  }

  @Test
  void theFirstFailureIsThrownAfterAllAreClosedAndHasTheOthers() {
    assertThatThrownBy(
            () -> CloseAll.inOrder(List.of(() -> closed.add("a"), broken("b"), broken("c"))))
        .isInstanceOf(IOException.class)
        .hasMessage("b")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed()).extracting("message").containsExactly("c"));
    assertThat(closed).containsExactly("a", "b", "c");
  }

  @Test
  void anErrorDoesNotStopTheOthers() {
    Error fatal = new StackOverflowError("fatal");
    assertThatThrownBy(
            () ->
                CloseAll.inOrder(
                    () -> {
                      throw fatal;
                    },
                    broken("b")))
        .isSameAs(fatal)
        .hasSuppressedException(new IOException("b"));
    assertThat(closed).containsExactly("b");
  }

  /** As of two writers over one file. */
  @Test
  void aFailureThatIsThrownAgainIsNotSuppressedInItself() {
    IOException failure = new IOException("disk full");
    CloseAll.Step<IOException> full =
        () -> {
          throw failure;
        };
    assertThatThrownBy(() -> CloseAll.inOrder(List.of(full, full, broken("b"), full)))
        .isSameAs(failure);
    assertThat(failure.getSuppressed()).extracting("message").containsExactly("b");
    assertThat(CloseAll.after(failure, full)).isSameAs(failure);
    assertThat(failure.getSuppressed()).hasSize(1);
  }

  @Test
  void withoutAFailureNothingIsThrown() {
    CloseAll.inOrder(() -> closed.add("a"), () -> closed.add("b"));
    assertThat(closed).containsExactly("a", "b");
  }

  @Test
  void whatFailsAfterAFailureIsSuppressedInIt() {
    IOException failure = new IOException("first");
    assertThat(CloseAll.after(failure, broken("second"))).isSameAs(failure);
    assertThat(failure.getSuppressed()).extracting("message").containsExactly("second");
    assertThat(closed).containsExactly("second");
  }
}
