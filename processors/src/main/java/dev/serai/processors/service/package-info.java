/** The steps of {@code routes/service.camel.yaml}: health, metrics, providers, documentation. */
@NullMarked
package dev.serai.processors.service;

import org.jspecify.annotations.NullMarked;
