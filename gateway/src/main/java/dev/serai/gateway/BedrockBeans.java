package dev.serai.gateway;

import dev.serai.adapters.aws.AwsSigner;
import dev.serai.adapters.dialects.bedrock.Bedrock;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.RequestSigner;
import dev.serai.core.provider.ProviderKeys;
import dev.serai.core.provider.Providers;
import dev.serai.core.provider.Secrets;
import dev.serai.processors.adapter.SignBedrockRequest;
import dev.serai.processors.provider.ReadBedrockReply;
import dev.serai.processors.provider.WriteBedrockRequest;
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

  /** Adds the steps that write and read. */
  void translation(
      Map<String, Object> beans, Providers providers, ProviderKeys keys, boolean strict) {
    beans.put("write-bedrock-request", new WriteBedrockRequest(dialect, providers, keys, strict));
    beans.put("read-bedrock-reply", new ReadBedrockReply(dialect, providers));
  }

  /** Adds the step that signs. */
  void signing(Map<String, Object> beans, Providers providers, EventLoops loops) {
    beans.put("sign-bedrock-request", new SignBedrockRequest(signer, providers, loops));
  }
}
