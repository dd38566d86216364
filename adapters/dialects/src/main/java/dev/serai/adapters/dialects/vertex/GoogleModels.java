package dev.serai.adapters.dialects.vertex;

import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.ProviderRequest;

/** Gemini models: {@code generateContent} and {@code streamGenerateContent}. Thread-safe. */
final class GoogleModels extends PublisherDialect {
  GoogleModels(Dialect gemini) {
    super(gemini);
  }

  @Override
  String path(ProviderRequest written, Destination destination) {
    String verb = written.path().substring(written.path().lastIndexOf(':'));
    return ModelResource.of(destination.model()).path() + verb;
  }
}
