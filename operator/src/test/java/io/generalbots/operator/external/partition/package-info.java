@NullMarked
package io.generalbots.operator.external.partition;

import org.jspecify.annotations.NullMarked;
