package dev.serai.core.memory.search;

/**
 * An object of the index that fits a search. The store may have another one at this path by now, or
 * none.
 *
 * @param path namespace and key
 * @param version of the object
 * @param score higher is better; comparable within one search
 */
public record MemoryHit(String path, long version, double score) {}
