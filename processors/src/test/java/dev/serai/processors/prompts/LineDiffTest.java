package dev.serai.processors.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineDiffTest {
  @Test
  void whatIsCommonStaysAndTheRestIsRemovedAndAdded() {
    assertThat(LineDiff.of(List.of("a", "b", "c", "d"), List.of("a", "c", "x", "d")))
        .isEqualTo(" a\n-b\n c\n+x\n d\n");
    assertThat(LineDiff.of(List.of("a"), List.of("a"))).isEqualTo(" a\n");
    assertThat(LineDiff.of(List.of(), List.of("a"))).isEqualTo("+a\n");
  }

  @Test
  void aDifferenceLeadsFromTheOneTextToTheOther() {
    Random random = new Random(3);
    for (int round = 0; round < 500; round++) {
      List<String> from = lines(random);
      List<String> to = lines(random);
      List<String> old = new ArrayList<>();
      List<String> fresh = new ArrayList<>();
      for (String line : LineDiff.of(from, to).lines().toList()) {
        if (line.charAt(0) != '+') {
          old.add(line.substring(1));
        }
        if (line.charAt(0) != '-') {
          fresh.add(line.substring(1));
        }
      }
      assertThat(old).isEqualTo(from);
      assertThat(fresh).isEqualTo(to);
    }
  }

  private static List<String> lines(Random random) {
    List<String> lines = new ArrayList<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      lines.add(String.valueOf((char) ('a' + random.nextInt(4))));
    }
    return lines;
  }

  @Test
  void largeTextsAreShownWithoutACommonPart() {
    List<String> from = Collections.nCopies(2_000, "a");
    List<String> to = Collections.nCopies(2_000, "b");
    assertThat(LineDiff.of(from, to).lines()).hasSize(4_000).startsWith("-a").endsWith("+b");
  }
}
