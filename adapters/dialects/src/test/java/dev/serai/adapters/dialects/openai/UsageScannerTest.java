package dev.serai.adapters.dialects.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.Usage;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsageScannerTest {
  private static final String PICTURE =
      "{\"created\":1,\"data\":[{\"b64_json\":\"" + "iVBOR".repeat(1000) + "\"}],\n";

  @Test
  void usageIsFoundHoweverTheReplyIsSplit() {
    byte[] response =
        (PICTURE
                + "\"usage\" : {\"input_tokens\":50,\"output_tokens\":1056,\"total_tokens\":1106,"
                + "\"input_tokens_details\":{\"text_tokens\":10,\"image_tokens\":40}}}")
            .getBytes(UTF_8);
    for (int cut = response.length - 150; cut < response.length; cut++) {
      UsageScanner meter = new UsageScanner();
      meter.read(Arrays.copyOf(response, cut));
      meter.read(Arrays.copyOfRange(response, cut, response.length));
      assertThat(meter.usage()).contains(Usage.of(50, 1056));
    }
  }

  @Test
  void usageInsideAStringIsIgnored() {
    assertThat(counted("{\"text\":\"\\\"usage\\\":{\\\"input_tokens\\\":9}\"}")).isEmpty();
    assertThat(counted("{\"text\":\"usage\",\"usage\":null}")).isEmpty();
    assertThat(counted("{\"usage\":{\"type\":\"duration\",\"seconds\":9}}")).isEmpty();
  }

  @Test
  void theLastUsageCounts() {
    assertThat(
            counted(
                "data: {\"usage\":{\"input_tokens\":1}}\n\n"
                    + "data: {\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":3}}\n\n"))
        .contains(Usage.of(2, 3));
  }

  @Test
  void aTotalAloneCountsAsInput() {
    assertThat(counted("{\"usage\":{\"total_tokens\":7}}")).contains(Usage.of(7, 0));
  }

  @Test
  void aUsageObjectWithoutAnEndIsSkipped() {
    assertThat(counted("{\"usage\":{" + "\"a\":1,".repeat(10_000))).isEmpty();
  }

  private static Optional<Usage> counted(String response) {
    UsageScanner meter = new UsageScanner();
    meter.read(response.getBytes(UTF_8));
    return meter.usage();
  }
}
