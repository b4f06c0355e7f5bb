package org.modelvitals.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a group of Parquet. A list becomes an array of a cell, any other group within a row
 * an object. Lists and maps are told as Parquet's LogicalTypes.md says, older spellings included.
 */
final class ParquetGroup extends GroupConverter {
  private final GroupType type;
  private final List<ParquetSlot> slots = new ArrayList<>();
  private final List<Converter> converters = new ArrayList<>();
  private final Runnable whenEnded;

  /**
   * @param whenEnded what is done with the values of a group that is complete
   */
  ParquetGroup(GroupType type, Runnable whenEnded) {
    this.type = type;
    this.whenEnded = whenEnded;
    for (Type field : type.getFields()) {
      ParquetSlot slot = new ParquetSlot();
      slots.add(slot);
      converters.add(converter(field, slot));
    }
  }

  List<ParquetSlot> slots() {
    return slots;
  }

  @Override
  public Converter getConverter(int field) {
    return converters.get(field);
  }

  @Override
  public void start() {
    for (int i = 0; i < slots.size(); i++) {
      slots.get(i).begin();
      if (isRepeated(type.getType(i))) {
        slots.get(i).openArray();
      }
    }
  }

  @Override
  public void end() {
    for (int i = 0; i < slots.size(); i++) {
      if (isRepeated(type.getType(i))) {
        slots.get(i).closeArray();
      }
      slots.get(i).end();
    }
    whenEnded.run();
  }

  private static boolean isRepeated(Type type) {
    return type.isRepetition(Type.Repetition.REPEATED);
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < slots.size(); i++) {
      object.put(type.getFieldName(i), slots.get(i).value());
    }
    return object;
  }

  private static Converter converter(Type field, ParquetSlot slot) {
    if (field.isPrimitive()) {
      return ParquetValues.of(field.asPrimitiveType(), slot);
    }
    GroupType group = field.asGroupType();
    LogicalTypeAnnotation meaning = group.getLogicalTypeAnnotation();
    if (group.getFieldCount() == 1 && isRepeated(group.getType(0))) {
      if (meaning instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
        return new Elements(group, slot);
      }
      if ((meaning instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation
              || meaning instanceof LogicalTypeAnnotation.MapKeyValueTypeAnnotation)
          && !group.getType(0).isPrimitive()
          && group.getType(0).asGroupType().getFieldCount() == 2) {
        return new Entries(group.getType(0).asGroupType(), slot);
      }
    }
    ParquetGroup[] made = new ParquetGroup[1];
    made[0] = new ParquetGroup(group, () -> slot.addObject(made[0].object()));
    return made[0];
  }

  /** A list: its single field is repeated, and is the element or holds it. */
  private static final class Elements extends GroupConverter {
    private final ParquetSlot slot;
    private final Converter element;

    Elements(GroupType list, ParquetSlot slot) {
      this.slot = slot;
      Type repeated = list.getType(0);
      this.element =
          isElement(repeated, list.getName())
              ? converter(repeated, slot)
              : new Element(converter(repeated.asGroupType().getType(0), slot), slot);
    }

    /** Whether the repeated field is the element itself, and no layer around it. */
    private static boolean isElement(Type repeated, String list) {
      return repeated.isPrimitive()
          || repeated.asGroupType().getFieldCount() != 1
          || isRepeated(repeated.asGroupType().getType(0))
          || repeated.getName().equals("array")
          || repeated.getName().equals(list + "_tuple");
    }

    @Override
    public Converter getConverter(int field) {
      return element;
    }

    @Override
    public void start() {
      slot.openArray();
    }

    @Override
    public void end() {
      slot.closeArray();
    }
  }

  /** The layer around an element, which tells whether the element is null. */
  private static final class Element extends GroupConverter {
    private final Converter element;
    private final ParquetSlot slot;

    Element(Converter element, ParquetSlot slot) {
      this.element = element;
      this.slot = slot;
    }

    @Override
    public Converter getConverter(int field) {
      return element;
    }

    @Override
    public void start() {
      slot.beginElement();
    }

    @Override
    public void end() {
      slot.end();
    }
  }

  /** A map, as an object whose names are the keys. */
  private static final class Entries extends GroupConverter {
    private final ParquetSlot slot;
    private final ParquetGroup entry;
    private Map<String, @Nullable Object> object = new LinkedHashMap<>();

    Entries(GroupType type, ParquetSlot slot) {
      this.slot = slot;
      this.entry = new ParquetGroup(type, this::put);
    }

    private void put() {
      object.put(String.valueOf(entry.slots().get(0).value()), entry.slots().get(1).value());
    }

    @Override
    public Converter getConverter(int field) {
      return entry;
    }

    @Override
    public void start() {
      object = new LinkedHashMap<>();
    }

    @Override
    public void end() {
      slot.addObject(object);
    }
  }
}
