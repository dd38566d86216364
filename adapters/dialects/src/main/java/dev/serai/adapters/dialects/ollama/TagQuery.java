package dev.serai.adapters.dialects.ollama;

import dev.serai.core.dialect.ModelQuery;
import dev.serai.core.http.ProviderRequest;

/** Asks for the models of {@code /api/tags}, by the names that {@link OllamaDialect} gives them. */
record TagQuery(ModelQuery tags) implements ModelQuery {
  @Override
  public ProviderRequest request() {
    return tags.request();
  }

  @Override
  public Outcome read(byte[] body) {
    return switch (tags.read(body)) {
      case Outcome.Complete(var names) ->
          new Outcome.Complete(names.stream().map(OllamaRequest::plain).distinct().toList());
      case Outcome.NextPage(ModelQuery next) -> new Outcome.NextPage(new TagQuery(next));
    };
  }
}
