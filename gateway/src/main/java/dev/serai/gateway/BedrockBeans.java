package dev.serai.gateway;

import dev.serai.adapters.aws.AwsSigner;
import dev.serai.adapters.dialects.bedrock.Bedrock;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.RequestSigner;
import dev.serai.core.provider.Secrets;
import dev.serai.processors.adapter.SignBedrockRequest;
import dev.serai.processors.support.EventLoops;
import java.time.InstantSource;
import java.util.Map;

/** The steps of Amazon Bedrock. Nothing of AWS's library is touched before a call needs it. */
final class BedrockBeans {
  private final Dialect dialect = new Bedrock();
  private final RequestSigner signer;

  BedrockBeans(Secrets secrets, InstantSource clock) {
    signer = new AwsSigner(secrets, clock);
  }

  Dialect dialect() {
    return dialect;
  }

  /** Signs what goes without a key, by the name of the dialect. */
  Map<String, RequestSigner> signers() {
    return Map.of(dialect.name(), signer);
  }

  /** Adds the step that signs. */
  void signing(Map<String, Object> beans, EventLoops loops) {
    beans.put("sign-bedrock-request", new SignBedrockRequest(signer, loops));
  }
}
