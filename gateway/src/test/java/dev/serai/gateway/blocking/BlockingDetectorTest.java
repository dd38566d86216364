package dev.serai.gateway.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.FileInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The detector that all tests use does find blocking calls. */
class BlockingDetectorTest {
  private final EventLoopGroup loop = new NioEventLoopGroup(1);

  @AfterEach
  void stop() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @Test
  void sleepingOnAnEventLoopIsSeen() throws Exception {
    onLoop(
        () -> {
          Thread.sleep(1);
          return true;
        });
    assertThat(BlockingCalls.take()).singleElement().asString().contains("sleep");
  }

  @Test
  void waitingOnAnEventLoopIsSeen() throws Exception {
    onLoop(() -> new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS));
    assertThat(BlockingCalls.take()).isNotEmpty().first().asString().contains("park");
  }

  @Test
  void readingAFileOnAnEventLoopIsSeen(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("x"), "x");
    onLoop(
        () -> {
          try (FileInputStream in = new FileInputStream(file.toFile())) {
            return in.read();
          }
        });
    assertThat(BlockingCalls.take()).isNotEmpty();
  }

  @Test
  void aTestThatBlocksAnEventLoopFails() throws Exception {
    onLoop(
        () -> {
          Thread.sleep(1);
          return true;
        });
    NoBlockingOnEventLoops guard = new NoBlockingOnEventLoops();
    assertThatThrownBy(guard::failIfAny).isInstanceOf(AssertionError.class);
  }

  @Test
  void blockingOnOtherThreadsIsAllowed() throws Exception {
    Thread.sleep(1);
    assertThat(BlockingCalls.take()).isEmpty();
  }

  private <T> void onLoop(Callable<T> work) throws Exception {
    loop.submit(work).get(30, TimeUnit.SECONDS);
  }
}
