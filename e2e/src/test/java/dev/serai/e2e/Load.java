package dev.serai.e2e;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/**
 * How much load a test makes: what every run has time for, or with {@code -Dserai.load=full} as
 * much as the gateway is built for.
 */
final class Load {
  static final boolean FULL = "full".equals(System.getProperty("serai.load"));

  private Load() {}

  static int of(int usual, int full) {
    return FULL ? full : usual;
  }

  /**
   * The same for streams, of which each takes two descriptors of a process: no more than this
   * system has.
   */
  static int streams(int usual, int full) {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    long files =
        system instanceof UnixOperatingSystemMXBean unix ? unix.getMaxFileDescriptorCount() : 0;
    return (int) Math.min(of(usual, full), (files - 400) / 2);
  }

  /** Tells a figure that was measured. */
  static void figure(String what, Object value) {
    System.out.println("load: " + what + ": " + value);
  }
}
