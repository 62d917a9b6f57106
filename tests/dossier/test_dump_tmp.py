from __future__ import annotations
import uuid
from datetime import timedelta
import pytest
from django.urls import reverse
from tests.cast import cast, Cast
from tests.dossier.journey import *
from tests.dossier.journey import begun, going_on, late
__all__=["cast"]
pytestmark=pytest.mark.db
def test_dump(cast: Cast)->None:
    case=going_on(cast)
    other=begun(cast,22 if False else 32,60,"secretary_b")
    b=cast.client(cast.clerk_a); o=cast.client(cast.officer)
    imported=None
    from yumiao.admission.models import Case
    imp=Case.objects.exclude(uid__in=[case,other]).first()
    pages={"list":(b,reverse("cases")),"case":(b,reverse("case",args=[case])),"imported":(b,reverse("case",args=[imp.uid])),"step4":(b,reverse("case_step",args=[case,4])),"step15":(b,reverse("case_step",args=[case,15])),
     "begin":(b,reverse("case_begin")),"late":(o,reverse("case_late",args=[late(cast,other)])),"latelist":(o,reverse("cases_late")),"return":(b,reverse("case_return",args=[case])),"rest":(b,reverse("case_rest",args=[case])),"exempt":(b,reverse("case_exempt",args=[case])),"history":(b,reverse("case_history",args=[case])),"home":(b,"/"),"homes":(cast.client(cast.secretary_a),"/")}
    for name,(who,url) in pages.items():
        a=who.get(url)
        assert a.status_code==200,(name,a.status_code,a.content.decode()[:500])
        __import__("pathlib").Path(f"/tmp/lane-d/html/{name}.html").write_text(a.content.decode())
    a=b.post(reverse("case_return",args=[case]),{"step":3,"why":"mistake","reason":"日期写错"})
    __import__("pathlib").Path(f"/tmp/lane-d/html/returnpreview.html").write_text(a.content.decode())
    a=b.post(reverse("case_step",args=[case,4]),{"on":cast.today,"outcome":"passed","document":"青石党发〔2026〕9号","stood":"x"})
    __import__("pathlib").Path(f"/tmp/lane-d/html/stale.html").write_text(a.content.decode())
    assert a.status_code==409
    a=send(b,case,8,on=cast.today,outcome="passed",document="青石党发〔2026〕9号")
    assert a.status_code==409
    __import__("pathlib").Path(f"/tmp/lane-d/html/refused.html").write_text(a.content.decode())
