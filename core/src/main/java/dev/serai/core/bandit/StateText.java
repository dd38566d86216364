package dev.serai.core.bandit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The text of a {@link BanditState}. The first line has the version. Each arm has a line: its name,
 * a tab, and its sums with blanks between them; the zeros at the end are left out. The last line
 * has the number of arms and a CRC-32 of all lines before.
 */
final class StateText {
  private static final String TITLE = "serai-bandit ";
  private static final int VERSION = 1;
  private static final String END = "end ";

  /** More than the largest state has. */
  private static final int MAX_LENGTH = 8_000_000;

  private StateText() {}

  static String write(Map<String, double[]> sums) {
    StringBuilder out = new StringBuilder(TITLE).append(VERSION).append('\n');
    sums.forEach((arm, numbers) -> line(arm, numbers, out));
    return out.append(end(sums.size(), out)).append('\n').toString();
  }

  private static void line(String arm, double[] numbers, StringBuilder out) {
    out.append(arm).append('\t');
    int length = numbers.length;
    while (length > 0 && numbers[length - 1] == 0) {
      length--;
    }
    for (int i = 0; i < length; i++) {
      boolean whole = numbers[i] == Math.rint(numbers[i]);
      out.append(i == 0 ? "" : " ");
      out.append(whole ? Long.toString((long) numbers[i]) : Double.toString(numbers[i]));
    }
    out.append('\n');
  }

  private static String end(int arms, CharSequence before) {
    CRC32 sum = new CRC32();
    sum.update(before.toString().getBytes(StandardCharsets.UTF_8));
    return END + arms + " " + Long.toHexString(sum.getValue());
  }

  static Map<String, double[]> read(String text) {
    if (!text.startsWith(TITLE)) {
      throw new IllegalArgumentException("this is not the state of a bandit");
    }
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "the state of the bandit is longer than " + MAX_LENGTH + " characters");
    }
    String[] lines = text.split("\n", -1);
    if (!lines[0].equals(TITLE + VERSION)) {
      throw new IllegalArgumentException(
          "the state of the bandit has the version "
              + lines[0].substring(TITLE.length())
              + "; this gateway reads version "
              + VERSION);
    }
    int arms = lines.length - 3;
    if (arms < 0 || !lines[arms + 1].startsWith(END)) {
      throw new IllegalArgumentException("the state of the bandit is not complete");
    }
    if (!text.endsWith(end(arms, text.substring(0, text.lastIndexOf(END))) + "\n")) {
      throw new IllegalArgumentException(
          "the state of the bandit was changed: its checksum is another one");
    }
    if (arms > Bandit.MAX_ARMS) {
      throw new IllegalArgumentException(
          "the state of the bandit has more arms than " + Bandit.MAX_ARMS);
    }
    Map<String, double[]> sums = new TreeMap<>();
    for (int i = 1; i <= arms; i++) {
      read(lines[i], i + 1, sums);
    }
    return sums;
  }

  private static void read(String line, int number, Map<String, double[]> sums) {
    int tab = line.indexOf('\t');
    String name = tab < 0 ? "" : line.substring(0, tab);
    try {
      Option.checkName(name);
      String rest = line.substring(tab + 1);
      double[] numbers =
          rest.isEmpty()
              ? Sums.NONE
              : Arrays.stream(rest.split(" ")).mapToDouble(Double::parseDouble).toArray();
      int length = numbers.length > Sums.PRODUCTS ? Sums.LENGTH : Sums.PRODUCTS;
      double[] padded = Arrays.copyOf(numbers, Math.max(length, numbers.length));
      if (Sums.areSound(padded) && sums.put(name, padded) == null) {
        return;
      }
    } catch (IllegalArgumentException e) {
      throw wrong(number, e);
    }
    throw wrong(number, new IllegalArgumentException("numbers out of range, or an arm twice"));
  }

  private static IllegalArgumentException wrong(int number, IllegalArgumentException why) {
    return new IllegalArgumentException(
        "the state of the bandit is wrong in line " + number + ": " + why.getMessage(), why);
  }
}
