package dev.serai.gateway.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.background.BackgroundThreads;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LogSinkTest {
  @TempDir Path folder;

  @Test
  void everyLineOfEveryThreadIsWrittenExactlyOnce() throws Exception {
    Path file = folder.resolve("serai.log");
    LogSink sink =
        LogSink.toFile(file, 1 << 16, LogSinkTest::notice, BackgroundThreads.unreported());
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      String name = "thread" + t;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 10_000; i++) {
                      sink.offer(line(name + " " + i));
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    sink.close();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(40_000).doesNotHaveDuplicates();
    assertThat(sink.droppedLines()).isZero();
    assertThat(sink.writtenLines()).isEqualTo(40_000);
  }

  @Test
  void aFailureOfTheWriterIsCountedAndItWritesOn() throws Exception {
    BackgroundThreads threads = BackgroundThreads.unreported();
    AtomicInteger notices = new AtomicInteger();
    Path file = folder.resolve("serai.log");
    LongFunction<byte[]> notice =
        lost -> {
          if (notices.incrementAndGet() == 1) {
            throw new IllegalStateException("no notice");
          }
          return notice(lost);
        };
    try (LogSink sink = LogSink.toFile(file, 8, notice, threads)) {
      sink.offer(new byte[100_000]); // longer than a batch: it is lost, which is reported
      for (int i = 0; i < 2000 && !threads.failing().contains("log-writer"); i++) {
        LockSupport.parkNanos(10_000_000);
      }
      assertThat(threads.failing()).containsExactly("log-writer");
      sink.offer(line("after"));
    }
    assertThat(Files.readAllLines(file)).contains("after");
  }

  @Test
  void aLineIsWrittenWhileTheSinkIsOpen() throws Exception {
    Path file = folder.resolve("serai.log");
    try (LogSink sink =
        LogSink.toFile(file, 16, LogSinkTest::notice, BackgroundThreads.unreported())) {
      for (int i = 1; i <= 3; i++) {
        sink.offer(line("line " + i));
        int expected = i;
        await(() -> linesOf(file).size() == expected);
      }
    }
  }

  @Test
  void aFullRingDropsLinesAndTheLogReportsIt() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    List<String> read = new ArrayList<>();
    CountDownLatch mayRead = new CountDownLatch(1);
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (var lines = Files.newBufferedReader(pipe)) {
                    mayRead.await();
                    lines.lines().forEach(read::add);
                  } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    LogSink sink =
        LogSink.to(FileChannel.open(pipe, StandardOpenOption.WRITE), 8, LogSinkTest::notice);
    String big = "x".repeat(40_000);
    await(() -> !sink.offer(line(big)));
    long lost = sink.droppedLines();
    mayRead.countDown();
    await(() -> sink.offer(line("after")));
    sink.close();
    reader.join();
    assertThat(lost).isPositive();
    assertThat(read).contains("after").anyMatch(text -> text.startsWith("lost "));
  }

  @Test
  void aRotatedFileIsOpenedAgain() throws Exception {
    Path file = folder.resolve("serai.log");
    Path old = folder.resolve("serai.log.1");
    try (LogSink sink =
        LogSink.toFile(file, 64, LogSinkTest::notice, BackgroundThreads.unreported())) {
      sink.offer(line("before"));
      await(() -> linesOf(file).size() == 1);
      Files.move(file, old);
      await(
          () -> {
            sink.offer(line("after"));
            return Files.exists(file);
          });
    }
    assertThat(Files.readAllLines(old).getFirst()).isEqualTo("before");
    assertThat(Files.readAllLines(file)).isNotEmpty().containsOnly("after");
  }

  @Test
  void linesThatAFullDiskRefusesAreCounted() throws Exception {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.isWritable(full));
    LogSink sink =
        LogSink.to(FileChannel.open(full, StandardOpenOption.WRITE), 8, LogSinkTest::notice);
    sink.offer(line("one"));
    await(() -> sink.droppedLines() == 1);
    sink.offer(line("two"));
    await(() -> sink.droppedLines() == 2);
    sink.close();
    assertThat(sink.writtenLines()).isZero();
  }

  @Test
  void aClosedSinkRefusesLines() throws Exception {
    LogSink sink =
        LogSink.toFile(
            folder.resolve("serai.log"), 8, LogSinkTest::notice, BackgroundThreads.unreported());
    sink.close();
    sink.close();
    assertThat(sink.offer(line("late"))).isFalse();
  }

  private static byte[] notice(long lost) {
    return line("lost " + lost);
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> linesOf(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for too long").isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }
}
