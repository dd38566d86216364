package dev.serai.gateway.telemetry.trace;

import static dev.serai.gateway.telemetry.trace.OtlpReceiver.attributes;
import static dev.serai.gateway.telemetry.trace.OtlpReceiver.parentId;
import static dev.serai.gateway.telemetry.trace.OtlpReceiver.spanId;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a gateway reports of its memory objects. */
@Timeout(60)
final class MemorySpansTest extends TracedGateway {
  @Test
  void aSearchHasASpanBelowItsRequestAndTheStoreHasMeters() throws Exception {
    start();
    String object = "{\"object\": {\"content\": \"the harbour\"}}";
    assertThat(send("PUT", "/v1/memory/n/a", object).statusCode()).isEqualTo(200);
    assertThat(send("POST", "/v1/memory/search", "{\"q\": \"harbour\"}").body())
        .contains("\"count\":1");
    assertThat(get("/metrics").body())
        .contains("serai_memory_objects 1.0\n")
        .contains("serai_memory_objects_bytes 541.0\n")
        .contains("serai_memory_index_objects 1.0\n")
        .contains("serai_memory_index_lag_seconds ")
        .contains(
            "serai_memory_operation_duration_seconds_count{operation=\"put\",outcome=\"done\"} 1\n")
        .contains(
            "serai_memory_operation_duration_seconds_count{operation=\"search\",outcome=\"done\"} 1\n");
    stop(3);
    Span search = named("memory.search");
    assertThat(attributes(search)).containsEntry("serai.memory.found", 1L);
    assertThat(search.getEndTimeUnixNano()).isGreaterThan(search.getStartTimeUnixNano());
    assertThat(spanId(named("POST /v1/memory/search"))).isEqualTo(parentId(search));
    assertThat(Files.getPosixFilePermissions(folder.resolve(".serai/memory-index")))
        .as("its files have texts of what is stored")
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void objectsInTheHeapAreFoundAndTheLogSaysThatTheyWillBeLost() throws Exception {
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(folder.resolve("config/serai.yaml"), "state: {memory: {store: memory}}\n");
    start();
    assertThat(send("PUT", "/v1/memory/n/a", "{\"object\": \"the harbour\"}").statusCode())
        .isEqualTo(200);
    assertThat(send("POST", "/v1/memory/search", "{\"q\": \"harbour\"}").body())
        .contains("\"count\":1");
    assertThat(get("/metrics").body())
        .contains("serai_memory_objects 1.0\n", "serai_memory_index_objects 1.0\n");
    stop(3);
    assertThat(folder.resolve(".serai/memory-index")).doesNotExist();
    assertThat(Files.readString(folder.resolve("serai.log")))
        .contains("state.memory.store is memory: they are lost when it ends");
  }
}
