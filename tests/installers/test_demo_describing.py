from PIL import Image

from installers.demo import describing
from keeproom.library.collecting import list_collections
from keeproom.library.listing import count_assets, list_assets
from tests.importing import Importer


def test_the_demo_says_something_of_its_pictures(library, tmp_path):
    (tmp_path / "pictures").mkdir()
    for number, name in enumerate(("Evening ridges", "Sunset bay", "Something else")):
        Image.new("RGB", (8, 8), (number, 0, 0)).save(tmp_path / "pictures" / f"{name}.png")
    Importer(library)(tmp_path / "pictures")
    describing.main(library.folder)
    told = {asset.name: asset for asset in list_assets(library)}
    assert told["Evening ridges.png"].rating == 5
    assert told["Evening ridges.png"].tags == ("evening", "nature/mountains")
    assert told["Something else.png"].tags == ()
    rows = list_collections(library)
    found = {row.name: count_assets(library, row.query) if row.query else row.count for row in rows}
    assert found == {"Trips/Porto": 1, "For the wall": 2, "Picked": 2, "Evenings of nature": 2, "To sort": 1}
