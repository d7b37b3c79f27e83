/** What the operator does in the object store: files of its own, in buckets of everybody's. */
@NullMarked
package io.generalbots.operator.external.drive;

import org.jspecify.annotations.NullMarked;
