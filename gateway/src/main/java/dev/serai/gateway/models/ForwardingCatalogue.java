package dev.serai.gateway.models;

import dev.serai.core.chat.Usage;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.model.ModelParameters;
import dev.serai.core.model.Persona;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.problem.ModelHint;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Decision.Source;
import dev.serai.core.routing.Failover;
import dev.serai.core.routing.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Forwards every look-up to another catalogue; subclasses override some. Thread-safe. */
abstract class ForwardingCatalogue implements ModelCatalogue {
  /** The catalogue that look-ups are forwarded to. */
  protected abstract ModelCatalogue target();

  @Override
  public Optional<ModelRoute> find(String name) {
    return target().find(name);
  }

  @Override
  public String defaultModel() {
    return target().defaultModel();
  }

  @Override
  public Optional<String> defaultProvider() {
    return target().defaultProvider();
  }

  @Override
  public OptionalDouble quality(Candidate candidate) {
    return target().quality(candidate);
  }

  @Override
  public ModelHint hint(String name) {
    return target().hint(name);
  }

  @Override
  public List<String> aliases() {
    return target().aliases();
  }

  @Override
  public List<String> modelsOf(String provider) {
    return target().modelsOf(provider);
  }

  @Override
  public ModelFacts facts(Candidate candidate) {
    return target().facts(candidate);
  }

  @Override
  public ModelFacts abilities(Candidate candidate) {
    return target().abilities(candidate);
  }

  @Override
  public Strategy strategy(String tenant, ModelRoute route) {
    return target().strategy(tenant, route);
  }

  @Override
  public Optional<Persona> persona(String name) {
    return target().persona(name);
  }

  @Override
  public DefaultParameters parameters(String name) {
    return target().parameters(name);
  }

  @Override
  public ModelParameters parameters(Candidate candidate) {
    return target().parameters(candidate);
  }

  @Override
  public Optional<String> region(Candidate candidate) {
    return target().region(candidate);
  }

  @Override
  public Failover failover() {
    return target().failover();
  }

  @Override
  public Source strategySource(String tenant, ModelRoute route) {
    return target().strategySource(tenant, route);
  }

  @Override
  public DeadlineOverrides deadlines(Candidate candidate) {
    return target().deadlines(candidate);
  }

  @Override
  public OptionalLong costNanoUsd(Candidate candidate, Usage usage) {
    return target().costNanoUsd(candidate, usage);
  }

  @Override
  public OptionalLong costNanoUsd(Candidate candidate, Usage usage, Instant when) {
    return target().costNanoUsd(candidate, usage, when);
  }

  @Override
  public Prices prices() {
    return target().prices();
  }
}
