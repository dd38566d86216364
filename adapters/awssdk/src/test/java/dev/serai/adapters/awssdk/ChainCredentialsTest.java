package dev.serai.adapters.awssdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.aws.AwsSigner;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.ProviderRequest.ReplyKind;
import dev.serai.core.provider.ProviderProfile;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChainCredentialsTest {
  @BeforeEach
  void configure() {
    System.setProperty("aws.accessKeyId", "AKIDOFTHECHAIN");
    System.setProperty("aws.secretAccessKey", "secret");
    System.setProperty("aws.sessionToken", "token");
  }

  @AfterEach
  void forget() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    System.clearProperty("aws.sessionToken");
  }

  @Test
  void theChainIsFoundAsAServiceWhereNoKeyIsGiven() {
    ProviderProfile provider =
        new ProviderProfile(
            "bedrock",
            "bedrock",
            Optional.of("https://bedrock-runtime.us-east-1.amazonaws.com"),
            Optional.empty(),
            Set.of(),
            List.of());
    ProviderRequest request =
        ProviderRequest.post("/model/x/converse", new HeaderFields(), new byte[0], ReplyKind.WHOLE);

    ProviderRequest signed =
        new AwsSigner(name -> Optional.empty(), InstantSource.system())
            .sign(request, provider)
            .orTimeout(20, TimeUnit.SECONDS)
            .join();

    assertThat(signed.headers().first("authorization").orElse("")).contains("AKIDOFTHECHAIN/");
    assertThat(signed.headers().first("x-amz-security-token")).contains("token");
  }
}
