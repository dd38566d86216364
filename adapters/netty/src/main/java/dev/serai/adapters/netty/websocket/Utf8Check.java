package dev.serai.adapters.netty.websocket;

/**
 * Checks that a text is well-formed UTF-8 (RFC 3629), in pieces cut anywhere. For one message at a
 * time; not thread-safe.
 */
final class Utf8Check {
  private int missing;
  private int lowest = 0x80;
  private int highest = 0xbf;

  void reset() {
    missing = 0;
    lowest = 0x80;
    highest = 0xbf;
  }

  /** Whether the text ended between two characters. */
  boolean isWhole() {
    return missing == 0;
  }

  /** Takes the next bytes; false if they cannot continue the text. */
  boolean accept(byte[] piece) {
    for (byte each : piece) {
      if (missing == 0 && each >= 0) {
        continue;
      }
      if (!(missing == 0 ? begin(each & 0xff) : proceed(each & 0xff))) {
        return false;
      }
    }
    return true;
  }

  private boolean begin(int first) {
    if (first < 0xc2 || first > 0xf4) {
      return false;
    }
    missing = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    // No overlong forms, no surrogates, nothing above U+10FFFF.
    lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    return true;
  }

  private boolean proceed(int next) {
    boolean fits = next >= lowest && next <= highest;
    lowest = 0x80;
    highest = 0xbf;
    missing--;
    return fits;
  }
}
