package dev.serai.e2e;

import static java.lang.ProcessBuilder.Redirect.DISCARD;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A folder that is full when a test says so. Where the test may mount one, it is a file system of
 * its own; elsewhere the gateway's process may write no file any more ({@code RLIMIT_FSIZE}), which
 * fails in the same places.
 */
abstract sealed class SmallDisk implements AutoCloseable {
  /** Room for the files that a gateway allocates when it starts, and for some more. */
  private static final String SIZE = "48m";

  final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** A disk at this place. */
  static SmallDisk at(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    String size = "size=" + SIZE;
    return run("mount", "-t", "tmpfs", "-o", size, "tmpfs", folder.toString())
        ? new Mounted(folder)
        : new Limited(folder);
  }

  Path folder() {
    return folder;
  }

  /** From now on nothing can be written for this gateway. */
  abstract void fill(GatewayProcess gateway) throws IOException, InterruptedException;

  /** There is space again. */
  abstract void free(Optional<GatewayProcess> gateway) throws IOException, InterruptedException;

  /** Starts a gateway on the full disk; when it listens, the disk is full again. */
  abstract GatewayProcess startFull(Path home, RunningGateway.Plan plan)
      throws IOException, InterruptedException;

  private static boolean run(String... command) throws InterruptedException {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      return builder.redirectOutput(DISCARD).start().waitFor() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    // Nothing is left behind unless a file system was mounted.
  }

  private static final class Mounted extends SmallDisk {
    private static final int[] PIECES = {1 << 20, 1 << 12, 1};

    Mounted(Path folder) {
      super(folder);
    }

    @Override
    void fill(GatewayProcess gateway) throws IOException {
      for (int piece : PIECES) {
        fill(folder.resolve("filler-" + piece), new byte[piece]);
      }
    }

    private static void fill(Path file, byte[] piece) throws IOException {
      try (OutputStream out = Files.newOutputStream(file, CREATE, APPEND)) {
        while (true) {
          out.write(piece);
        }
      } catch (IOException full) {
        if (!String.valueOf(full.getMessage()).contains("No space left")) {
          throw full;
        }
      }
    }

    @Override
    void free(Optional<GatewayProcess> gateway) throws IOException {
      for (int piece : PIECES) {
        Files.deleteIfExists(folder.resolve("filler-" + piece));
      }
    }

    /** The start may delete files that an earlier process has left. */
    @Override
    GatewayProcess startFull(Path home, RunningGateway.Plan plan) throws IOException {
      GatewayProcess gateway = GatewayProcess.startListening(home, plan);
      fill(gateway);
      return gateway;
    }

    @Override
    public void close() throws InterruptedException {
      if (!run("umount", folder.toString()) && !run("umount", "-l", folder.toString())) {
        throw new AssertionError(folder + " stays mounted");
      }
    }
  }

  /** The limit is of the process: it is set again for each one. */
  private static final class Limited extends SmallDisk {
    Limited(Path folder) {
      super(folder);
    }

    @Override
    void fill(GatewayProcess gateway) throws InterruptedException {
      limit(gateway, "0:");
    }

    @Override
    void free(Optional<GatewayProcess> gateway) throws InterruptedException {
      if (gateway.isPresent()) {
        limit(gateway.get(), "unlimited:");
      }
    }

    private static void limit(GatewayProcess gateway, String soft) throws InterruptedException {
      List<String> command =
          List.of("prlimit", "--pid", Long.toString(gateway.pid()), "--fsize=" + soft);
      if (!run(command.toArray(String[]::new))) {
        throw new AssertionError("no limit can be set: " + command);
      }
    }

    /** A JVM cannot unpack its libraries then, so the limit comes right after the start. */
    @Override
    GatewayProcess startFull(Path home, RunningGateway.Plan plan) throws InterruptedException {
      GatewayProcess gateway = GatewayProcess.startListening(home, plan);
      fill(gateway);
      return gateway;
    }
  }
}
