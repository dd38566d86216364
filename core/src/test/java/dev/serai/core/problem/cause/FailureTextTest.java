package dev.serai.core.problem.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class FailureTextTest {
  @Test
  void aFailureOfAFileIsASentence() {
    assertThat(FailureText.of(new NoSuchFileException("/a/b")))
        .isEqualTo("the file /a/b does not exist");
    assertThat(FailureText.of(new AccessDeniedException("/a/b")))
        .isEqualTo("the file /a/b may not be used by this user");
    assertThat(FailureText.of(new FileSystemException("/a/b", null, "Too many open files")))
        .isEqualTo("the file /a/b cannot be used: Too many open files");
  }

  @Test
  void aMessageIsShownWithoutTheClassThatItBeginsWith() {
    Throwable why = new IOException("the disk is full");
    assertThat(FailureText.of(why)).isEqualTo("the disk is full");
    assertThat(FailureText.of(new ExecutionException(why))).isEqualTo("the disk is full");
    assertThat(FailureText.of(new IOException("java.io.IOException: broken pipe")))
        .isEqualTo("broken pipe");
    assertThat(FailureText.of(new UncheckedIOException(new NoSuchFileException("/a"))))
        .isEqualTo("the file /a does not exist");
  }

  @Test
  void aFailureWithoutAMessageIsSaidInWords() {
    assertThat(FailureText.of(new ClosedChannelException())).isEqualTo("closed channel");
    assertThat(FailureText.of(new ExecutionException(new TimeoutException()))).isEqualTo("timeout");
    assertThat(FailureText.of(new RuntimeException() {})).isEqualTo("an unknown reason");
  }
}
